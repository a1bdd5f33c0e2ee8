#include "respond.h"

#include "json_text.h"
#include "words.h"

/* With a search, the count is only the page's, as in current Chatwoot. */
static void write_meta(const struct request *request, const struct page_form *form, uint32_t total,
                       uint32_t on_page, struct buffer *json)
{
    uint64_t count = *request->filter.search ? on_page : total;
    if (form->count == COUNT_PAGE)
        count = on_page;
    else if (form->count == COUNT_STALE)
        count = form->stale_count;

    buffer_append_text(json, "{\"meta\":{");
    if (form->count != COUNT_ABSENT) {
        const char *quote = form->count == COUNT_STRING ? "\"" : "";
        buffer_append_text(json, "\"count\":");
        buffer_append_text(json, quote);
        json_number(json, (int64_t)count);
        buffer_append_text(json, quote);
        buffer_append_char(json, ',');
    }
    buffer_print(json, "\"current_page\":\"%llu\"}", (unsigned long long)request->page);
}

static struct selection select_of(const struct request *request)
{
    return (struct selection){&request->filter, request->sort, request->further,
                              request->descending, request->number};
}

static uint32_t given_of(const struct list_cap *cap, uint32_t total)
{
    return cap->contacts > 0 && cap->contacts < total ? cap->contacts : total;
}

bool respond_is_beyond(struct order *order, const struct request *request, uint32_t page_size,
                       const struct list_cap *cap, uint64_t *last_page)
{
    struct selection selection = select_of(request);
    uint32_t ordinal;
    uint32_t total;
    order_page(order, &selection, 0, 1, &ordinal, &total);
    total = given_of(cap, total);
    *last_page = total > 0 ? (total + page_size - 1) / page_size : 1;
    return request->page > *last_page;
}

void respond_page(struct order *order, const struct request *request, uint32_t page_size,
                  const struct page_form *form, struct buffer *json)
{
    struct selection selection = select_of(request);
    uint32_t ordinals[PAGE_SIZE_MAX];
    uint32_t total;
    bool is_far = request->page > CONTACTS_MAX;
    uint64_t first = is_far ? CONTACTS_MAX : (request->page - 1) * page_size;
    uint32_t on_page = order_page(order, &selection, first, page_size, ordinals, &total);

    uint32_t given = given_of(&form->cap, total);
    if (form->payload != PAYLOAD_CONTACTS || first >= given)
        on_page = 0;
    else if (on_page > given - first)
        on_page = given - (uint32_t)first;
    if (form->has_byte_order_mark)
        buffer_append_text(json, "\xEF\xBB\xBF");
    write_meta(request, form, form->cap.is_counted ? given : total, on_page, json);
    buffer_append_text(json, ",\"payload\":");
    if (form->payload == PAYLOAD_NULL) {
        buffer_append_text(json, "null}");
        return;
    }
    buffer_append_char(json, '[');
    for (uint32_t i = 0; i < on_page; i++) {
        if (i > 0)
            buffer_append_char(json, ',');
        collection_write(request->collection, ordinals[i], request->with_inboxes ? WITH_INBOXES : 0,
                         json);
    }
    buffer_append_text(json, "]}");
}

void respond_labels(const struct collection *collection, struct buffer *json)
{
    buffer_append_text(json, "{\"payload\":[");
    for (size_t i = 0; i < collection->label_count; i++) {
        buffer_print(json, "%s{\"id\":%zu,\"title\":", i > 0 ? "," : "", i + 1);
        json_text(json, collection->labels[i]);
        buffer_append_char(json, '}');
    }
    buffer_append_text(json, "]}");
}

void respond_inboxes(struct buffer *json)
{
    buffer_append_text(json, "{\"payload\":[");
    for (size_t i = 0; i < words_inbox_count; i++) {
        buffer_print(json, "%s{\"id\":%lld,\"name\":", i > 0 ? "," : "",
                     (long long)words_inboxes[i].id);
        json_text(json, words_inboxes[i].name);
        buffer_append_char(json, '}');
    }
    buffer_append_text(json, "]}");
}

void respond_error(const char *reason, struct buffer *json)
{
    buffer_append_text(json, "{\"error\":");
    json_text(json, reason);
    buffer_append_char(json, '}');
}
