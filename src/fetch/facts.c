#include "fetch/facts.h"

#include "base/hash.h"
#include "fetch/api/livedesk.h"

#include <string.h>

/* The list is sorted by texts in lower case. Contacts whose other letters differ only in their case
   tie unseen. */
static uint64_t add_text(uint64_t so_far, const char *text)
{
    for (; text && *text; text++) {
        char lower = (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);
        so_far = hash_bytes(so_far, &lower, 1);
    }
    return hash_bytes(so_far, "", 1);
}

static uint64_t add_time(uint64_t so_far, int64_t time)
{
    return hash_bytes(so_far, (const char *)&time, sizeof time);
}

static uint64_t add_key(uint64_t so_far, const struct contact *contact, const char *key,
                        size_t length)
{
    static const struct {
        const char *key;
        enum contact_text text;
    } texts[] = {
        {"name", CONTACT_NAME},       {"email", CONTACT_EMAIL},
        {"city", CONTACT_CITY},       {"phone_number", CONTACT_PHONE_NUMBER},
        {"country", CONTACT_COUNTRY}, {"company", CONTACT_COMPANY_NAME},
    };
    if (length == strlen("created_at") && memcmp(key, "created_at", length) == 0)
        return add_time(so_far, contact->created_at);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strlen(texts[i].key) == length && memcmp(key, texts[i].key, length) == 0)
            return add_text(so_far, contact->text[texts[i].text]);
    }
    return add_time(so_far, contact->last_activity_at);
}

static uint64_t fingerprint(const struct contact *contact, const char *sort)
{
    uint64_t so_far = 0;
    for (const char *key = sort; *key;) {
        size_t length = strcspn(key, ",");
        so_far = add_key(so_far, contact, key, length);
        key += length + (key[length] == ',');
    }
    return so_far;
}

struct page_facts facts_of_page(const struct livedesk_page *page, const struct answer_time *time,
                                const char *sort, struct facts_columns *columns)
{
    struct page_facts facts = {
        .records = page->records,
        .count = page->count,
        .created_at = columns->created_at,
        .ids = columns->ids,
        .keys = columns->keys,
        .server_time = time->server_time,
        .elapsed_ms = time->elapsed_ms,
    };
    for (size_t i = 0; i < page->contact_count && i < PAGE_FACTS_RECORDS_MAX; i++) {
        columns->created_at[i] = page->contacts[i].created_at;
        columns->ids[i] = page->contacts[i].id;
        columns->keys[i] = fingerprint(&page->contacts[i], sort);
        facts.usable++;
        facts.dated += page->contacts[i].created_at != TIME_NONE;
    }
    return facts;
}
