#include "model/decode.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "model/decode_value.h"

#include <json-c/json.h>
#include <json-c/json_visit.h>
#include <string.h>

enum { TO_TEXT_FLAGS = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE };

/* What decoding one contact needs at every step. */
struct decoding {
    struct arena *arena;
    struct warnings *warnings;
};

static void warn(struct decoding *decoding, enum warning warning)
{
    decoding->warnings->counts[warning]++;
}

static const char *keep_text(struct decoding *decoding, const char *bytes, size_t length)
{
    if (utf8_is_clean(bytes, length))
        return arena_copy(decoding->arena, bytes, length);
    warn(decoding, WARNING_INVALID_TEXT);
    return utf8_keep(bytes, length, decoding->arena);
}

static const char *keep_json(struct decoding *decoding, struct json_object *value)
{
    size_t length;
    const char *text = json_object_to_json_string_length(value, TO_TEXT_FLAGS, &length);
    return keep_text(decoding, text, length);
}

/* json-c tells numbers beyond 64 bits as the nearest that fits. */
static int count_clamped(struct json_object *value, int flags, struct json_object *parent,
                         const char *key, size_t *index, void *context)
{
    (void)parent;
    (void)key;
    (void)index;
    if (flags != JSON_C_VISIT_SECOND && json_object_is_type(value, json_type_int) &&
        (json_object_get_uint64(value) == UINT64_MAX || json_object_get_int64(value) == INT64_MIN))
        warn(context, WARNING_NUMBER_TOO_LARGE);
    return JSON_C_VISIT_RETURN_CONTINUE;
}

/* The object's fields that nobody took, or NULL. */
static const char *keep_rest(struct decoding *decoding, struct json_object *object)
{
    json_c_visit(object, 0, count_clamped, decoding);
    return json_object_object_length(object) > 0 ? keep_json(decoding, object) : NULL;
}

/* Takes a text out of `object`; a number or boolean becomes one. Anything else stays where it is.
 */
static const char *take_text(struct decoding *decoding, struct json_object *object, const char *key)
{
    struct json_object *value = json_object_object_get(object, key);
    const char *text = NULL;
    switch (json_object_get_type(value)) {
    case json_type_null:
        break;
    case json_type_array:
    case json_type_object:
        warn(decoding, WARNING_UNREADABLE_FIELD);
        return NULL;
    case json_type_string:
        text = keep_text(decoding, json_object_get_string(value),
                         (size_t)json_object_get_string_len(value));
        break;
    default:
        json_c_visit(value, 0, count_clamped, decoding);
        text = keep_json(decoding, value);
    }
    json_object_object_del(object, key);
    return text;
}

static int64_t take_time(struct decoding *decoding, struct json_object *record, const char *key)
{
    int64_t seconds;
    if (decode_time(json_object_object_get(record, key), &seconds))
        json_object_object_del(record, key);
    else
        warn(decoding, WARNING_UNREADABLE_TIME);
    return seconds;
}

static bool take_blocked(struct decoding *decoding, struct json_object *record)
{
    bool blocked;
    if (decode_truth(json_object_object_get(record, "blocked"), &blocked))
        json_object_object_del(record, "blocked");
    else
        warn(decoding, WARNING_UNREADABLE_FIELD);
    return blocked;
}

static void read_custom_keys(struct decoding *decoding, struct json_object *custom,
                             struct contact *contact)
{
    size_t count = (size_t)json_object_object_length(custom);
    contact->custom_keys = arena_new(decoding->arena, count * sizeof *contact->custom_keys);
    json_object_object_foreach(custom, key, value)
    {
        (void)value;
        contact->custom_keys[contact->custom_key_count++] = keep_text(decoding, key, strlen(key));
    }
}

static void take_custom(struct decoding *decoding, struct json_object *record,
                        struct contact *contact)
{
    struct json_object *custom = json_object_object_get(record, "custom_attributes");
    if (custom && !json_object_is_type(custom, json_type_object)) {
        warn(decoding, WARNING_UNREADABLE_FIELD);
        return;
    }
    contact->custom = custom ? keep_rest(decoding, custom) : NULL;
    if (contact->custom)
        read_custom_keys(decoding, custom, contact);
    json_object_object_del(record, "custom_attributes");
}

/* The object under `key`, or NULL. A null counts as absent. */
static struct json_object *inner_object(struct decoding *decoding, struct json_object *object,
                                        const char *key)
{
    struct json_object *inner = object ? json_object_object_get(object, key) : NULL;
    if (!inner || json_object_is_type(inner, json_type_object))
        return inner;
    warn(decoding, WARNING_UNREADABLE_FIELD);
    return NULL;
}

static void drop_if_empty(struct json_object *object, const char *key)
{
    struct json_object *inner = object ? json_object_object_get(object, key) : NULL;
    if (!inner ||
        (json_object_is_type(inner, json_type_object) && json_object_object_length(inner) == 0))
        json_object_object_del(object, key);
}

static void take_texts(struct decoding *decoding, struct json_object *record,
                       struct contact *contact)
{
    struct json_object *attributes = inner_object(decoding, record, "additional_attributes");
    struct json_object *profiles = inner_object(decoding, attributes, "social_profiles");
    struct json_object *const places[] = {
        [IN_CONTACT] = record,
        [IN_ADDITIONAL_ATTRIBUTES] = attributes,
        [IN_SOCIAL_PROFILES] = profiles,
    };
    for (int i = 0; i < CONTACT_TEXTS; i++) {
        struct json_object *place = places[contact_fields[i].place];
        if (place)
            contact->text[i] = take_text(decoding, place, contact_fields[i].name);
    }
    if (attributes)
        drop_if_empty(attributes, "social_profiles");
    drop_if_empty(record, "additional_attributes");
}

static bool decode_inbox(struct decoding *decoding, struct json_object *item,
                         struct contact_inbox *out)
{
    struct json_object *inbox =
        json_object_is_type(item, json_type_object) ? json_object_object_get(item, "inbox") : NULL;
    if (!json_object_is_type(inbox, json_type_object) ||
        !decode_integer(json_object_object_get(inbox, "id"), &out->inbox_id)) {
        warn(decoding, WARNING_UNREADABLE_INBOX);
        return false;
    }
    json_object_object_del(inbox, "id");
    out->name = take_text(decoding, inbox, "name");
    out->channel_type = take_text(decoding, inbox, "channel_type");
    out->inbox_extra = keep_rest(decoding, inbox);
    json_object_object_del(item, "inbox");
    out->source_id = take_text(decoding, item, "source_id");
    out->extra = keep_rest(decoding, item);
    return true;
}

/* Takes the inboxes out of the record; those that cannot be read stay there. */
static void take_inboxes(struct decoding *decoding, struct json_object *record,
                         struct contact *contact)
{
    static const char key[] = "contact_inboxes";
    struct json_object *list = json_object_object_get(record, key);
    if (list && !json_object_is_type(list, json_type_array)) {
        warn(decoding, WARNING_UNREADABLE_FIELD);
        return;
    }
    size_t told = list ? json_object_array_length(list) : 0;
    contact->inboxes = arena_new(decoding->arena, told * sizeof *contact->inboxes);
    struct json_object *unreadable = json_object_new_array();
    for (size_t i = 0; i < told; i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        if (decode_inbox(decoding, item, &contact->inboxes[contact->inbox_count]))
            contact->inbox_count++;
        else
            json_object_array_add(unreadable, json_object_get(item));
    }
    if (json_object_array_length(unreadable) > 0) {
        json_object_object_add(record, key, unreadable);
    } else {
        json_object_object_del(record, key);
        json_object_put(unreadable);
    }
}

static bool take_id(struct decoding *decoding, struct json_object *record, int64_t *id)
{
    struct json_object *value =
        json_object_is_type(record, json_type_object) ? json_object_object_get(record, "id") : NULL;
    if (!value) {
        warn(decoding, WARNING_CONTACT_WITHOUT_ID);
        return false;
    }
    if (!decode_integer(value, id)) {
        warn(decoding, WARNING_CONTACT_WITH_BAD_ID);
        return false;
    }
    json_object_object_del(record, "id");
    return true;
}

bool decode_contact(struct json_object *record, struct arena *arena, struct contact *contact,
                    struct warnings *warnings)
{
    struct decoding decoding = {arena, warnings};
    *contact = (struct contact){0};
    if (!take_id(&decoding, record, &contact->id))
        return false;
    take_texts(&decoding, record, contact);
    contact->blocked = take_blocked(&decoding, record);
    contact->created_at = take_time(&decoding, record, "created_at");
    contact->last_activity_at = take_time(&decoding, record, "last_activity_at");
    take_custom(&decoding, record, contact);
    take_inboxes(&decoding, record, contact);
    contact->extra = keep_rest(&decoding, record);
    return true;
}
