#include "model/decode.h"

#include "base/arena.h"
#include "model/decode_value.h"
#include "model/members.h"
#include "model/nul_key.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The same members, sorted by the bytes of their keys, so that equal attributes give equal texts
   whatever the server's order. */
static struct json_object *sort_members(struct json_object *object, const char **keys, size_t count)
{
    const unsigned flags = JSON_C_OBJECT_ADD_KEY_IS_NEW | JSON_C_OBJECT_ADD_CONSTANT_KEY;
    struct json_object *sorted = json_object_new_object();
    size_t i = 0;
    json_object_object_foreach(object, key, value)
    {
        (void)value;
        keys[i++] = key;
    }
    qsort(keys, count, sizeof *keys, compare_texts);
    for (i = 0; i < count; i++)
        json_object_object_add_ex(sorted, keys[i],
                                  json_object_get(json_object_object_get(object, keys[i])), flags);
    return sorted;
}

/* Fills keys and text; `keys` has room for all. */
static void keep_custom(struct decoding *decoding, struct json_object *custom, const char **keys,
                        size_t count, struct contact *contact)
{
    struct json_object *sorted = sort_members(custom, keys, count);
    contact->custom = decoding_keep_json(decoding, sorted);
    json_object_put(sorted);
    for (size_t i = 0; i < count; i++)
        keys[i] = decoding_keep_text(decoding, keys[i], strlen(keys[i]));
    contact->custom_keys = keys;
    contact->custom_key_count = count;
}

/* A key with a NUL can name no column: such attributes are left over. NULL: there is none. */
static struct json_object *split_nul_keys(struct decoding *decoding, struct json_object *custom)
{
    struct json_object *left = NULL;
    json_object_object_foreach(custom, key, value)
    {
        if (!nul_key_is(key))
            continue;
        if (!left)
            left = json_object_new_object();
        decoding_warn(decoding, WARNING_NUL_IN_KEY);
        json_object_object_add(left, key, json_object_get(value));
    }
    if (!left)
        return NULL;
    json_object_object_foreach(left, name, ignored)
    {
        (void)ignored;
        json_object_object_del(custom, name);
    }
    return left;
}

static struct json_object *take_custom(struct decoding *decoding, struct json_object *custom,
                                       void *out)
{
    struct contact *contact = out;
    if (!custom || member_is_empty_list(custom))
        return NULL;
    if (!json_object_is_type(custom, json_type_object))
        return member_leave(decoding, custom, WARNING_UNREADABLE_FIELD);
    struct json_object *left = split_nul_keys(decoding, custom);
    size_t count = (size_t)json_object_object_length(custom);
    if (count == 0)
        return left;
    const char **keys = arena_new(decoding->arena, count * sizeof *keys);
    keep_custom(decoding, custom, keys, count, contact);
    return left;
}

static struct json_object *take_inbox(struct decoding *decoding, struct json_object *value,
                                      void *out)
{
    static const struct member members[] = {
        {"id", member_nothing, 0},
        {"name", member_text, offsetof(struct contact_inbox, name)},
        {"channel_type", member_text, offsetof(struct contact_inbox, channel_type)},
        {0},
    };
    struct contact_inbox *inbox = out;
    struct json_object *rest = members_take(decoding, value, members, inbox);
    inbox->inbox_extra = decoding_keep_rest(decoding, rest);
    return NULL;
}

static bool decode_inbox(struct decoding *decoding, struct json_object *item,
                         struct contact_inbox *out)
{
    static const struct member members[] = {
        {"source_id", member_text, offsetof(struct contact_inbox, source_id)},
        {"inbox", take_inbox, 0},
        {0},
    };
    struct json_object *inbox =
        json_object_is_type(item, json_type_object) ? json_object_object_get(item, "inbox") : NULL;
    if (!json_object_is_type(inbox, json_type_object) ||
        !decode_integer(json_object_object_get(inbox, "id"), &out->inbox_id)) {
        decoding_warn(decoding, WARNING_UNREADABLE_INBOX);
        return false;
    }
    struct json_object *rest = members_take(decoding, item, members, out);
    out->extra = decoding_keep_rest(decoding, rest);
    return true;
}

/* Leaves over the inboxes that it cannot read. */
static struct json_object *take_inboxes(struct decoding *decoding, struct json_object *list,
                                        void *out)
{
    struct contact *contact = out;
    if (!list)
        return NULL;
    if (!json_object_is_type(list, json_type_array))
        return member_leave(decoding, list, WARNING_UNREADABLE_FIELD);
    size_t told = json_object_array_length(list);
    contact->inboxes = arena_new(decoding->arena, told * sizeof *contact->inboxes);
    struct json_object *unreadable = NULL;
    for (size_t i = 0; i < told; i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        if (decode_inbox(decoding, item, &contact->inboxes[contact->inbox_count])) {
            contact->inbox_count++;
            continue;
        }
        if (!unreadable)
            unreadable = json_object_new_array();
        json_object_array_add(unreadable, json_object_get(item));
    }
    return unreadable;
}

#define TEXT(which) offsetof(struct contact, text[which])

static struct json_object *take_social_profiles(struct decoding *decoding,
                                                struct json_object *value, void *contact)
{
    static const struct member members[] = {
        {"github", member_text, TEXT(CONTACT_GITHUB)},
        {"twitter", member_text, TEXT(CONTACT_TWITTER)},
        {"facebook", member_text, TEXT(CONTACT_FACEBOOK)},
        {"linkedin", member_text, TEXT(CONTACT_LINKEDIN)},
        {"instagram", member_text, TEXT(CONTACT_INSTAGRAM)},
        {0},
    };
    return members_take_inner(decoding, value, members, contact);
}

static struct json_object *take_additional_attributes(struct decoding *decoding,
                                                      struct json_object *value, void *contact)
{
    static const struct member members[] = {
        {"city", member_text, TEXT(CONTACT_CITY)},
        {"country", member_text, TEXT(CONTACT_COUNTRY)},
        {"country_code", member_text, TEXT(CONTACT_COUNTRY_CODE)},
        {"company_name", member_text, TEXT(CONTACT_COMPANY_NAME)},
        {"telegram", member_text, TEXT(CONTACT_TELEGRAM)},
        {"description", member_text, TEXT(CONTACT_DESCRIPTION)},
        {"social_profiles", take_social_profiles, 0},
        {0},
    };
    return members_take_inner(decoding, value, members, contact);
}

static const struct member contact_members[] = {
    {"additional_attributes", take_additional_attributes, 0},
    {"availability_status", member_text, TEXT(CONTACT_AVAILABILITY_STATUS)},
    {"email", member_text, TEXT(CONTACT_EMAIL)},
    {"id", member_nothing, 0},
    {"name", member_text, TEXT(CONTACT_NAME)},
    {"phone_number", member_text, TEXT(CONTACT_PHONE_NUMBER)},
    {"blocked", member_truth, offsetof(struct contact, blocked)},
    {"identifier", member_text, TEXT(CONTACT_IDENTIFIER)},
    {"thumbnail", member_text, TEXT(CONTACT_THUMBNAIL)},
    {"custom_attributes", take_custom, 0},
    {"last_activity_at", member_time, offsetof(struct contact, last_activity_at)},
    {"created_at", member_time, offsetof(struct contact, created_at)},
    {"contact_inboxes", take_inboxes, 0},
    {0},
};

static bool decode_id(struct decoding *decoding, struct json_object *record, int64_t *id)
{
    struct json_object *value =
        json_object_is_type(record, json_type_object) ? json_object_object_get(record, "id") : NULL;
    if (!value) {
        decoding_warn(decoding, WARNING_CONTACT_WITHOUT_ID);
        return false;
    }
    if (!decode_integer(value, id)) {
        decoding_warn(decoding, WARNING_CONTACT_WITH_BAD_ID);
        return false;
    }
    return true;
}

bool decode_contact(struct json_object *record, struct arena *arena, struct contact *contact,
                    struct warnings *warnings)
{
    struct decoding decoding = {arena, warnings};
    *contact = (struct contact){.created_at = TIME_NONE, .last_activity_at = TIME_NONE};
    if (!decode_id(&decoding, record, &contact->id))
        return false;
    struct json_object *rest = members_take(&decoding, record, contact_members, contact);
    contact->extra = decoding_keep_rest(&decoding, rest);
    return true;
}
