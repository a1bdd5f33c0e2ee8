#include "request.h"

#include "fold.h"

#include <string.h>

const enum sort_key sort_key_ranks[] = {
    SORT_EMAIL,      SORT_NAME,    SORT_PHONE_NUMBER, SORT_LAST_ACTIVITY_AT,
    SORT_CREATED_AT, SORT_COMPANY, SORT_CITY,         SORT_COUNTRY,
    SORT_NONE};

struct request request_new(const struct collection *collection, enum dialect dialect)
{
    return (struct request){
        .collection = collection, .dialect = dialect, .with_inboxes = true, .page = 1};
}

/* 0 for anything but digits; a number that does not fit becomes the largest one, a page far after
   the end. */
static uint64_t parse_count(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || text[digits])
        return 0;
    uint64_t number = 0;
    for (; *text; text++) {
        if (number > (UINT64_MAX - 9) / 10)
            return UINT64_MAX;
        number = number * 10 + (uint64_t)(*text - '0');
    }
    return number;
}

static void take_page(struct request *request, const char *value)
{
    request->page = parse_count(value);
    if (request->page == 0)
        request->page = 1;
}

static void take_page_size(struct request *request, const char *value)
{
    request->asked_page_size = true;
    request->page_size = parse_count(value);
}

/* One string can hold several labels, as in the tag parser of Chatwoot. */
static void take_labels(struct request *request, const char *value)
{
    if (*value)
        request->filter.by_labels = true;
    while (*value) {
        value += strspn(value, " ,");
        size_t length = strcspn(value, ",");
        size_t trimmed = length;
        while (trimmed > 0 && value[trimmed - 1] == ' ')
            trimmed--;
        if (trimmed > 0)
            request->filter.labels |= collection_label_bit(request->collection, value, trimmed);
        value += length;
    }
}

static void take_inboxes(struct request *request, const char *value)
{
    request->with_inboxes = *value == '\0' || strcmp(value, "true") == 0;
}

/* SORT_NONE if there is no such key. */
static enum sort_key find_key(const char *name, size_t length)
{
    static const char *const keys[] = {
        [SORT_CREATED_AT] = "created_at",
        [SORT_LAST_ACTIVITY_AT] = "last_activity_at",
        [SORT_NAME] = "name",
        [SORT_EMAIL] = "email",
        [SORT_PHONE_NUMBER] = "phone_number",
        [SORT_COMPANY] = "company",
        [SORT_CITY] = "city",
        [SORT_COUNTRY] = "country",
    };
    for (enum sort_key key = SORT_CREATED_AT; key <= SORT_COUNTRY; key++) {
        if (strlen(keys[key]) == length && strncmp(name, keys[key], length) == 0)
            return key;
    }
    return SORT_NONE;
}

/* Commas separate keys; a leading '-' means descending. The first declared one decides which. */
static void take_sorts(struct request *request, const char *value)
{
    unsigned all = 0;
    unsigned descending = 0;
    for (;;) {
        size_t length = strcspn(value, ",");
        bool is_descending = *value == '-';
        unsigned bit = 1U << find_key(value + is_descending, length - is_descending);
        all |= bit;
        descending |= is_descending ? bit : 0;
        if (!value[length])
            break;
        value += length + 1;
    }
    const enum sort_key *rank = sort_key_ranks;
    while (*rank != SORT_NONE && !(all & 1U << *rank))
        rank++;
    request->sort = *rank;
    request->descending = descending & 1U << *rank;
    request->further = all & ~(1U << *rank | 1U << SORT_NONE);
}

static void take_sort(struct request *request, const char *value)
{
    if (request->dialect == DIALECT_CHATWOOT) {
        take_sorts(request, value);
        return;
    }
    request->sort = find_key(value, strlen(value));
    if (request->sort == SORT_NONE)
        request->complaint = "unknown sort";
}

static void take_direction(struct request *request, const char *value)
{
    if (request->dialect == DIALECT_CHATWOOT)
        return;
    request->descending = strcmp(value, "desc") == 0;
    if (!request->descending && strcmp(value, "asc") != 0)
        request->complaint = "direction is neither asc nor desc";
}

static void take_search(struct request *request, const char *value)
{
    if (!fold_text(value, request->filter.search, sizeof request->filter.search))
        request->complaint = "q is too long";
}

void request_add(struct request *request, const char *key, const char *value)
{
    static const struct {
        const char *key;
        void (*take)(struct request *, const char *);
    } parameters[] = {
        {"page", take_page},
        {"page_size", take_page_size},
        {"labels", take_labels},
        {"labels[]", take_labels},
        {"include_contact_inboxes", take_inboxes},
        {"sort", take_sort},
        {"direction", take_direction},
        {"q", take_search},
    };
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
        if (strcmp(key, parameters[i].key) == 0)
            parameters[i].take(request, value ? value : "");
}
