/* The addresses of the LiveDesk contacts API. */
#include "base/buffer.h"
#include "base/escape.h"
#include "fetch/api/livedesk.h"

#include <inttypes.h>
#include <string.h>

static const char accounts_path[] = "/api/v2/accounts/";

static void append_parameter(struct buffer *url, const char *name, const char *value)
{
    buffer_print(url, "&%s=", name);
    escape_append(ESCAPE_URL_COMPONENT, value, url);
}

static void append_resource_url(struct buffer *url, const struct source *source, const char *name)
{
    size_t base = strlen(source->base_url);
    while (base > 0 && source->base_url[base - 1] == '/')
        base--;
    buffer_append(url, source->base_url, base);
    buffer_append_text(url, accounts_path);
    buffer_append_text(url, name);
}

static void append_list_url(struct buffer *url, const struct source *source)
{
    append_resource_url(url, source, "contacts");
}

char *livedesk_resource_url(const struct source *source, const char *name)
{
    struct buffer url = {0};
    append_resource_url(&url, source, name);
    return buffer_take(&url);
}

char *livedesk_list_url(const struct source *source)
{
    struct buffer url = {0};
    append_list_url(&url, source);
    return buffer_take(&url);
}

char *livedesk_page_url(const struct source *source, int64_t page)
{
    struct buffer url = {0};
    append_list_url(&url, source);
    buffer_print(&url, "?page=%" PRId64, page);
    if (source->page_size > 0)
        buffer_print(&url, "&page_size=%" PRId64, source->page_size);
    append_parameter(&url, "sort", source->sort);
    if (source->direction)
        append_parameter(&url, "direction", source->direction);
    append_parameter(&url, "include_contact_inboxes", source->inboxes ? "true" : "false");
    /* As an array, since the server splits a single text at its commas. */
    for (size_t i = 0; i < source->label_count; i++)
        append_parameter(&url, "labels%5B%5D", source->labels[i]);
    if (source->q)
        append_parameter(&url, "q", source->q);
    return buffer_take(&url);
}
