#include "fetch/api/livedesk.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "fetch/api/server_message.h"
#include "model/checkpoint.h"
#include "model/decode.h"
#include "model/decode_value.h"
#include "model/ledger.h"
#include "model/long_number.h"
#include "model/nul_key.h"

#include <json-c/json.h>
#include <json-c/json_visit.h>
#include <stdio.h>
#include <string.h>

static void clear_page(struct livedesk_page *page)
{
    arena_clear(&page->arena);
    page->count = COUNT_UNKNOWN;
    page->records = 0;
    page->contacts = NULL;
    page->contact_count = 0;
    page->rejected = NULL;
    page->rejected_count = 0;
    page->warnings = (struct warnings){0};
}

static bool looks_like_html(const char *body)
{
    return body[strspn(body, " \t\r\n\xEF\xBB\xBF")] == '<';
}

/* Counts punctuation, to find JSON that would take too much memory before it is parsed. Texts hold
   some punctuation too, but not that much. A container takes two bytes at least, a value one, so
   most bodies are too short to be excessive. */
static bool is_excessive(const char *body, size_t body_bytes)
{
    if (body_bytes / 2 <= LIVEDESK_JSON_CONTAINERS_MAX && body_bytes <= LIVEDESK_JSON_VALUES_MAX)
        return false;
    size_t containers = 0;
    size_t values = 0;
    for (size_t i = 0; i < body_bytes; i++) {
        containers += body[i] == '[' || body[i] == '{';
        values += body[i] == ',';
    }
    return containers > LIVEDESK_JSON_CONTAINERS_MAX || values > LIVEDESK_JSON_VALUES_MAX;
}

/* Passes over a byte-order mark, as RFC 8259 allows. */
static const char *skip_mark(const char *body, size_t *body_bytes)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (strncmp(body, mark, sizeof mark - 1) != 0)
        return body;
    *body_bytes -= sizeof mark - 1;
    return body + sizeof mark - 1;
}

static struct json_object *parse_text(const char *text, size_t bytes, enum body_fault *fault,
                                      char description[static 160])
{
    struct json_tokener *tokener = json_tokener_new_ex(LIVEDESK_JSON_DEPTH_MAX);
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    /* The NUL behind the text tells json-c that nothing follows. */
    struct json_object *root = json_tokener_parse_ex(tokener, text, (int)bytes + 1);
    enum json_tokener_error why = json_tokener_get_error(tokener);
    size_t offset = json_tokener_get_parse_end(tokener);
    json_tokener_free(tokener);
    if (why == json_tokener_success && offset < bytes) { /* a NUL, and something behind it */
        json_object_put(root);
        root = NULL;
        why = json_tokener_error_parse_unexpected;
    }
    if (why == json_tokener_success)
        return root;

    *fault = why == json_tokener_error_depth ? BODY_EXCESSIVE : BODY_INVALID;
    if (*fault == BODY_EXCESSIVE)
        snprintf(description, 160, "JSON nested deeper than %d levels", LIVEDESK_JSON_DEPTH_MAX);
    else if (looks_like_html(text))
        snprintf(description, 160, "an HTML page instead of JSON");
    else
        snprintf(description, 160, "invalid JSON (%s at byte %zu of %zu)",
                 json_tokener_error_desc(why), offset, bytes);
    return NULL;
}

static struct json_object *parse_marked(const char *text, size_t bytes, enum body_fault *fault,
                                        char description[static 160])
{
    struct buffer marked = {0};
    if (!long_number_mark(text, bytes, &marked))
        return parse_text(text, bytes, fault, description);
    struct json_object *root = parse_text(marked.bytes, marked.length, fault, description);
    long_number_unmark(root);
    buffer_free(&marked);
    return root;
}

static struct json_object *parse(const char *body, size_t body_bytes, enum body_fault *fault,
                                 char description[static 160])
{
    if (is_excessive(body, body_bytes)) {
        *fault = BODY_EXCESSIVE;
        snprintf(description, 160, "more JSON than a page of contacts can hold");
        return NULL;
    }
    body = skip_mark(body, &body_bytes);
    struct buffer hidden = {0};
    if (!nul_key_hide(body, body_bytes, &hidden))
        return parse_marked(body, body_bytes, fault, description);
    struct json_object *root = parse_marked(hidden.bytes, hidden.length, fault, description);
    buffer_free(&hidden);
    return root;
}

/* A count above what can be read is no count. Sums of lower ones fit into 64 bits. */
static int64_t read_count(struct json_object *root)
{
    const int64_t count_max = (int64_t)PAGES_MAX * LIVEDESK_RECORDS_MAX;
    struct json_object *meta =
        json_object_is_type(root, json_type_object) ? json_object_object_get(root, "meta") : NULL;
    int64_t count;
    if (!json_object_is_type(meta, json_type_object) ||
        !decode_integer(json_object_object_get(meta, "count"), &count) || count < 0 ||
        count > count_max)
        return COUNT_UNKNOWN;
    return count;
}

static int find_word(struct json_object *value, int flags, struct json_object *parent,
                     const char *key, size_t *index, void *context)
{
    (void)flags;
    (void)parent;
    (void)key;
    (void)index;
    bool *found = context;
    *found = json_object_is_type(value, json_type_double) &&
             strpbrk(json_object_get_string(value), "NI");
    return *found ? JSON_C_VISIT_RETURN_STOP : JSON_C_VISIT_RETURN_CONTINUE;
}

/* memchr for the first letter is the quickest search. */
static bool holds_word(const char *body, size_t body_bytes, const char *word)
{
    const char *end = body + body_bytes;
    size_t length = strlen(word);
    for (const char *at = body; (at = memchr(at, *word, (size_t)(end - at))); at++) {
        if ((size_t)(end - at) >= length && memcmp(at, word, length) == 0)
            return true;
    }
    return false;
}

/* json-c accepts NaN and Infinity, which JSON does not have (RFC 8259, section 6) and the snapshot
   must not. Most bodies hold no such word, not even in a text, and need no visit. */
static bool has_word_for_number(struct json_object *root, const char *body, size_t body_bytes)
{
    bool found = holds_word(body, body_bytes, "NaN") || holds_word(body, body_bytes, "Infinity");
    if (found)
        json_c_visit(root, 0, find_word, &found);
    return found;
}

static uint64_t fingerprint(struct json_object *record)
{
    size_t length;
    const char *text = json_object_to_json_string_length(record, JSON_C_TO_STRING_PLAIN, &length);
    return hash_bytes(0, text, length);
}

static void read_contacts(struct json_object *payload, struct livedesk_page *page)
{
    size_t count = json_object_array_length(payload);
    page->records = (int64_t)count;
    page->contacts = arena_new(&page->arena, count * sizeof *page->contacts);
    page->rejected = arena_new(&page->arena, count * sizeof *page->rejected);
    for (size_t i = 0; i < count; i++) {
        struct json_object *record = json_object_array_get_idx(payload, i);
        if (decode_contact(record, &page->arena, &page->contacts[page->contact_count],
                           &page->warnings))
            page->contact_count++;
        else
            page->rejected[page->rejected_count++] = fingerprint(record);
    }
}

static bool says_something(struct json_object *root)
{
    struct buffer message = {0};
    server_message_append(root, &message);
    bool says = message.length > 0;
    buffer_free(&message);
    return says;
}

static bool is_null_payload(struct json_object *root)
{
    struct json_object *payload;
    return json_object_is_type(root, json_type_object) &&
           json_object_object_get_ex(root, "payload", &payload) && !payload;
}

/* What the answer is instead of a page of contacts. */
static enum body_fault name_root(struct json_object *root, char fault[static 160])
{
    bool is_object = json_object_is_type(root, json_type_object);
    struct json_object *payload = is_object ? json_object_object_get(root, "payload") : NULL;
    struct json_object *data = is_object ? json_object_object_get(root, "data") : NULL;
    const char *name = "JSON without the list of contacts (\"payload\")";
    if (json_object_is_type(root, json_type_array))
        name = "a bare list, without the object whose \"payload\" it should be";
    else if (json_object_is_type(payload, json_type_object))
        name = "a \"payload\" that is an object with keys, not a list";
    else if (json_object_is_type(data, json_type_array))
        name = "a list that is called \"data\", not \"payload\"";
    else if (json_object_is_type(data, json_type_object) && json_object_object_get(data, "payload"))
        name = "its \"payload\" wrapped in an object called \"data\"";
    else if (is_object && says_something(root))
        return BODY_MESSAGE;
    else if (is_null_payload(root))
        name = "JSON whose list of contacts (\"payload\") is null";
    snprintf(fault, 160, "%s", name);
    return is_null_payload(root) ? BODY_WITHOUT_LIST : BODY_INVALID;
}

static enum body_fault read_root(struct json_object *root, struct livedesk_page *page,
                                 char fault[static 160])
{
    struct json_object *payload = json_object_is_type(root, json_type_object)
                                      ? json_object_object_get(root, "payload")
                                      : NULL;
    page->count = read_count(root);
    /* An account without contacts may have no list at all. */
    if (is_null_payload(root) && page->count == 0)
        return BODY_FINE;
    if (!json_object_is_type(payload, json_type_array))
        return name_root(root, fault);
    if (json_object_array_length(payload) > LIVEDESK_RECORDS_MAX) {
        snprintf(fault, 160, "more than %d records on a page", LIVEDESK_RECORDS_MAX);
        return BODY_EXCESSIVE;
    }
    read_contacts(payload, page);
    return BODY_FINE;
}

enum body_fault livedesk_read_page(const char *body, size_t body_bytes, struct livedesk_page *page,
                                   char fault[static 160])
{
    enum body_fault kind = BODY_FINE;
    clear_page(page);
    struct json_object *root = parse(body, body_bytes, &kind, fault);
    if (kind != BODY_FINE)
        return kind;

    if (has_word_for_number(root, body, body_bytes)) {
        kind = BODY_INVALID;
        snprintf(fault, 160, "invalid JSON (NaN or Infinity in the place of a number)");
    } else {
        kind = read_root(root, page, fault);
    }
    json_object_put(root);
    return kind;
}

bool livedesk_read_list(const char *body, size_t body_bytes, int64_t *entries)
{
    enum body_fault fault = BODY_FINE;
    char ignored[160];
    struct json_object *root = parse(body, body_bytes, &fault, ignored);
    struct json_object *list = json_object_is_type(root, json_type_object)
                                   ? json_object_object_get(root, "payload")
                                   : root;
    bool is_list = json_object_is_type(list, json_type_array);
    if (is_list)
        *entries = (int64_t)json_object_array_length(list);
    json_object_put(root);
    return is_list;
}

void livedesk_page_free(struct livedesk_page *page)
{
    arena_free(&page->arena);
}

void livedesk_server_message(const char *body, size_t body_bytes, struct buffer *out)
{
    enum body_fault fault;
    char ignored[160];
    struct json_object *root = parse(body, body_bytes, &fault, ignored);
    server_message_append(root, out);
    json_object_put(root);
}

const char *livedesk_library(void)
{
    return "json-c/" JSON_C_VERSION;
}
