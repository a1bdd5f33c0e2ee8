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
              "--%s: the snapshot was fetched with %.200s, this run asks for %.200s", name, fetched,
              asked);
    return error_hint(error, "leave the option out, or fetch again with it, without --from");
}

static bool check_text(const char *name, const char *fetched, const char *asked,
                       const struct settings *settings, struct error *error)
{
    fetched = fetched ? fetched : none;
    asked = asked ? asked : none;
    return !is_given(settings, name) || strcmp(fetched, asked) == 0 ||
           differs(name, fetched, asked, error);
}

/* The address's length without its trailing slashes, which have no meaning. */
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

static bool check_labels(const struct source *fetched, const struct settings *settings,
                         struct error *error)
{
    const struct source asked = {
        .labels = settings->labels.items,
        .label_count = settings->labels.count,
    };
    if (!is_given(settings, "label") || source_same_labels(fetched, &asked))
        return true;
    struct buffer before = {0};
    struct buffer now = {0};
    source_append_labels(fetched, &before);
    source_append_labels(&asked, &now);
    differs("label", buffer_text(&before), buffer_text(&now), error);
    buffer_free(&before);
    buffer_free(&now);
    return false;
}

bool filters_check(const struct source *fetched, const struct settings *asked, struct error *error)
{
    return check_address(fetched, asked, error) &&
           check_text("account", fetched->account, asked->account, asked, error) &&
           check_labels(fetched, asked, error) &&
           check_text("q", fetched->q, asked->q, asked, error) &&
           check_text("no-inboxes", fetched->inboxes ? "inboxes" : "no inboxes",
                      asked->no_inboxes ? "no inboxes" : "inboxes", asked, error);
}
