#include "command/resume.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_BYTES = 200 };

/* A hint that fits every refusal. */
static bool refuse(struct error *error)
{
    return error_hint(error, "ask for the same again, or begin anew without --resume");
}

static bool differs(const char *what, const char *before, const char *now, struct error *error)
{
    error_set(error, EXIT_WRONG_USE,
              "cannot be resumed: it was of %s %.200s, this run is of %.200s", what, before, now);
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

static void join_labels(const struct source *source, char words[static WORDS_BYTES])
{
    snprintf(words, WORDS_BYTES, "%s", source->label_count > 0 ? source->labels[0] : "(none)");
    for (size_t i = 1; i < source->label_count; i++) {
        size_t used = strlen(words);
        snprintf(words + used, WORDS_BYTES - used, ", %s", source->labels[i]);
    }
}

static bool check_labels(const struct source *unfinished, const struct source *asked,
                         struct error *error)
{
    bool same = unfinished->label_count == asked->label_count;
    for (size_t i = 0; same && i < asked->label_count; i++)
        same = strcmp(unfinished->labels[i], asked->labels[i]) == 0;
    if (same)
        return true;
    char before[WORDS_BYTES];
    char now[WORDS_BYTES];
    join_labels(unfinished, before);
    join_labels(asked, now);
    return differs("labels", before, now, error);
}

bool resume_check_source(const struct source *unfinished, const struct source *asked,
                         struct error *error)
{
    return check_text("base URL", unfinished->base_url, asked->base_url, error) &&
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
                      "begin anew without --resume, or allow that age with --resume-within %lld",
                      (long long)age_s + 60);
}
