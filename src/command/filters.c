#include "command/filters.h"

#include "base/buffer.h"
#include "cli/options.h"

#include <string.h>

static const char none[] = "(none)";

static bool is_given(const struct settings *asked, const char *name)
{
    return option_origin(option_find(name), asked) != ORIGIN_STANDARD;
}

static bool differs(const char *name, const char *fetched, const char *asked, struct error *error)
{
    error_set(error, EXIT_WRONG_USE,
              "--%s: the snapshot was fetched with %.200s, asked for is %.200s", name, fetched,
              asked);
    return error_hint(error, "leave the option out, or fetch anew with it and without --from");
}

static bool check_text(const char *name, const char *fetched, const char *asked,
                       const struct settings *settings, struct error *error)
{
    fetched = fetched ? fetched : none;
    asked = asked ? asked : none;
    return !is_given(settings, name) || strcmp(fetched, asked) == 0 ||
           differs(name, fetched, asked, error);
}

/* How long the address is without the slashes at its end, which say nothing. */
static size_t address_length(const char *url)
{
    size_t length = strlen(url);
    while (length > 0 && url[length - 1] == '/')
        length--;
    return length;
}

static bool check_address(const struct source *fetched, const struct settings *asked,
                          struct error *error)
{
    size_t length = address_length(fetched->base_url);
    bool is_same = length == address_length(asked->base_url) &&
                   strncmp(fetched->base_url, asked->base_url, length) == 0;
    return is_same || check_text("base-url", fetched->base_url, asked->base_url, asked, error);
}

static bool holds(const char *const *labels, size_t count, const char *label)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(labels[i], label) == 0)
            return true;
    }
    return false;
}

static bool hold_all(const char *const *labels, size_t count, const char *const *wanted,
                     size_t wanted_count)
{
    for (size_t i = 0; i < wanted_count; i++) {
        if (!holds(labels, count, wanted[i]))
            return false;
    }
    return true;
}

static void join(const char *const *labels, size_t count, struct buffer *out)
{
    for (size_t i = 0; i < count; i++)
        buffer_print(out, "%s%s", i > 0 ? ", " : "", labels[i]);
    if (count == 0)
        buffer_append_text(out, none);
}

static bool check_labels(const struct source *fetched, const struct settings *asked,
                         struct error *error)
{
    const char *const *labels = (const char *const *)asked->labels.items;
    size_t count = asked->labels.count;
    if (!is_given(asked, "label") ||
        (hold_all(fetched->labels, fetched->label_count, labels, count) &&
         hold_all(labels, count, fetched->labels, fetched->label_count)))
        return true;
    struct buffer before = {0};
    struct buffer now = {0};
    join(fetched->labels, fetched->label_count, &before);
    join(labels, count, &now);
    differs("label", buffer_text(&before), buffer_text(&now), error);
    buffer_free(&before);
    buffer_free(&now);
    return false;
}

bool filters_check(const struct source *fetched, const struct settings *asked, struct error *error)
{
    return check_address(fetched, asked, error) && check_labels(fetched, asked, error) &&
           check_text("q", fetched->q, asked->q, asked, error) &&
           check_text("no-inboxes", fetched->inboxes ? "inboxes" : "no inboxes",
                      asked->no_inboxes ? "no inboxes" : "inboxes", asked, error);
}
