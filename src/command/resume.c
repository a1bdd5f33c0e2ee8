#include "command/resume.h"

#include "base/buffer.h"

#include <stdio.h>
#include <string.h>

/* A hint that fits every refusal. */
static bool refuse(struct error *error)
{
    return error_hint(error, "ask for the same again, or start again without --resume");
}

static bool differs(const char *what, const char *before, const char *now, struct error *error)
{
    error_set(error, EXIT_WRONG_USE,
              "cannot be resumed: the fetch began with %s %.200s, this run asks for %.200s", what,
              before, now);
    return refuse(error);
}

static bool check_text(const char *what, const char *before, const char *now, struct error *error)
{
    static const char none[] = "(none)";
    before = before ? before : none;
    now = now ? now : none;
    return strcmp(before, now) == 0 || differs(what, before, now, error);
}

static bool check_number(const char *what, int64_t before, int64_t now, struct error *error)
{
    char before_text[32];
    char now_text[32];
    snprintf(before_text, sizeof before_text, "%lld", (long long)before);
    snprintf(now_text, sizeof now_text, "%lld", (long long)now);
    return before == now || differs(what, before_text, now_text, error);
}

static bool check_labels(const struct source *unfinished, const struct source *asked,
                         struct error *error)
{
    if (source_same_labels(unfinished, asked))
        return true;
    struct buffer before = {0};
    struct buffer now = {0};
    source_append_labels(unfinished, &before);
    source_append_labels(asked, &now);
    differs("labels", buffer_text(&before), buffer_text(&now), error);
    buffer_free(&before);
    buffer_free(&now);
    return false;
}

bool resume_check_source(const struct source *unfinished, const struct source *asked,
                         struct error *error)
{
    return check_text("base URL", unfinished->base_url, asked->base_url, error) &&
           check_text("account", unfinished->account, asked->account, error) &&
           check_labels(unfinished, asked, error) &&
           check_text("search", unfinished->q, asked->q, error) &&
           check_text("sort key", unfinished->sort, asked->sort, error) &&
           check_text("direction", unfinished->direction, asked->direction, error) &&
           check_number("page size", unfinished->page_size, asked->page_size, error) &&
           check_text("inboxes", unfinished->inboxes ? "(all)" : NULL,
                      asked->inboxes ? "(all)" : NULL, error);
}

bool resume_check_age(int64_t saved_at, int64_t now, int64_t age_max_s, struct error *error)
{
    int64_t age_s = now - saved_at;
    if (age_s <= age_max_s)
        return true;
    error_set(error, EXIT_WRONG_USE,
              "cannot be resumed: it broke off %lld minutes ago, and the list has moved on since",
              (long long)(age_s / 60));
    return error_hint(error,
                      "start again without --resume, or allow its age with --resume-within %lld",
                      (long long)age_s + 60);
}
