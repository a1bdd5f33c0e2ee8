#include "command/check_text.h"

#include "base/buffer.h"
#include "base/iso8601.h"
#include "base/number.h"
#include "fetch/http/status.h"
#include "fetch/proof/passes.h"
#include "model/ledger.h"

#include <inttypes.h>

/* The label takes up to 11 columns, and two blanks follow. */
static void append_label(const char *label, struct buffer *out)
{
    buffer_print(out, "%-11s  ", label);
}

static void append_page_size(const struct checked *checked, struct buffer *out)
{
    char rows[NUMBER_BYTES];
    char wanted[NUMBER_BYTES];
    number_grouped(checked->check->page_records, rows);
    number_grouped(checked->source->page_size, wanted);
    append_label("page size", out);
    switch (checked->check->page_size) {
    case PAGE_SIZE_HONOURED:
        buffer_print(out, "%s asked for, honoured\n", wanted);
        break;
    case PAGE_SIZE_CAPPED:
        buffer_print(out, "%s asked for, %s at most\n", wanted, rows);
        break;
    case PAGE_SIZE_IGNORED:
        buffer_print(out, "%s asked for, ignored: always %s\n", wanted, rows);
        break;
    case PAGE_SIZE_REFUSED:
        buffer_print(out, "%s asked for, refused: the default is %s\n", wanted, rows);
        break;
    case PAGE_SIZE_OPEN:
        buffer_print(out, "%s asked for; there are too few contacts to tell\n", wanted);
        break;
    }
}

static void append_status(int status, struct buffer *out)
{
    if (status)
        buffer_print(out, " (%d)", status);
    else
        buffer_append_text(out, " (no answer)");
}

static void append_order(const char *what, struct order_finding finding, struct buffer *out)
{
    buffer_print(out, "%s: ", what);
    switch (finding.kind) {
    case ORDER_OBEYED:
        buffer_append_text(out, "obeyed");
        break;
    case ORDER_IGNORED:
        buffer_append_text(out, "not obeyed");
        break;
    case ORDER_REFUSED:
        buffer_append_text(out, "refused");
        append_status(finding.status, out);
        break;
    case ORDER_FAILED:
        buffer_append_text(out, "cannot be told");
        append_status(finding.status, out);
        break;
    case ORDER_OPEN:
        buffer_append_text(out, "the contacts are too few or too alike to tell");
        break;
    }
}

static void append_orders(const struct check *check, struct buffer *out)
{
    append_label("sort", out);
    append_order("created_at", check->by_created_at, out);
    append_order("; email", check->by_email, out);
    buffer_append_char(out, '\n');
    append_label("descending", out);
    append_order("direction=desc", check->by_direction, out);
    append_order("; sort=-created_at", check->by_minus, out);
    buffer_append_char(out, '\n');
    append_label("many keys", out);
    append_order(pass_several_keys, check->by_several, out);
    buffer_append_char(out, '\n');
    append_label("unknown key", out);
    if (check->by_unknown.kind == ORDER_IGNORED)
        buffer_append_text(out, "accepted, so a misspelt key goes unnoticed");
    else
        append_order(check_unknown_key, check->by_unknown, out);
    buffer_append_char(out, '\n');
}

static void append_beyond(struct beyond_finding beyond, struct buffer *out)
{
    append_label("beyond last", out);
    switch (beyond.kind) {
    case BEYOND_EMPTY_LIST:
        buffer_append_text(out, "an empty page\n");
        break;
    case BEYOND_NULL_LIST:
        buffer_append_text(out, "a page whose payload is null\n");
        break;
    case BEYOND_LAST_PAGE:
        buffer_append_text(out, "the last page again\n");
        break;
    case BEYOND_FIRST_PAGE:
        buffer_append_text(out, "the first page again\n");
        break;
    case BEYOND_CONTACTS:
        buffer_append_text(out, "contacts, though there should be no such page\n");
        break;
    case BEYOND_STATUS:
        buffer_print(out, "status %d\n", beyond.status);
        break;
    case BEYOND_UNREADABLE:
        buffer_append_text(out, "nothing that can be read");
        append_status(beyond.status, out);
        buffer_append_char(out, '\n');
        break;
    }
}

static void append_count(const struct check *check, struct buffer *out)
{
    static const char *const words[] = {
        [COUNTS_ALL] = "all contacts that match",
        [COUNTS_PAGE] = "only the contacts on the page",
        [COUNTS_TOO_FEW] = "fewer contacts than are on the page",
        [COUNTS_NOTHING] = "there is none",
        [COUNTS_OPEN] = "one page holds all contacts, so it cannot be told",
    };
    append_label("count means", out);
    buffer_append_text(out, words[check->counts]);
    if (check->counts == COUNTS_ALL && check->count_last != check->count)
        buffer_print(out, "; it changed from %" PRId64 " to %" PRId64 " meanwhile", check->count,
                     check->count_last);
    buffer_append_char(out, '\n');
}

static void append_tie(const struct check *check, struct buffer *out)
{
    append_label("ties", out);
    if (check->tie.contacts > 1) {
        char time[ISO8601_BYTES];
        iso8601_write(check->tie.created_at, 0, time);
        buffer_print(out,
                     "%" PRId64 " of %" PRId64 " contacts on the first page share created_at %s\n",
                     check->tie.contacts, check->page_records, time);
    } else {
        buffer_append_text(out, "no two contacts on the first page share created_at\n");
    }
}

static void append_list(const char *label, struct list_finding list, struct buffer *out)
{
    append_label(label, out);
    if (list.is_list)
        buffer_print(out, "%" PRId64 " listed\n", list.entries);
    else if (list.status == STATUS_NOT_FOUND)
        buffer_append_text(out, "not there (404)\n");
    else if (list.status == STATUS_OK)
        buffer_append_text(out, "no list (200)\n");
    else if (list.status)
        buffer_print(out, "refused (%d)\n", list.status);
    else
        buffer_append_text(out, "no answer\n");
}

static void append_limits(const struct check *check, struct buffer *out)
{
    bool has_any = false;
    append_label("rate limit", out);
    for (size_t i = 0; i < CHECK_LIMITS; i++) {
        if (check->limits[i][0])
            buffer_print(out, "%s%s %s", has_any ? "; " : "", check_limit_headers[i],
                         check->limits[i]);
        has_any |= check->limits[i][0] != '\0';
    }
    buffer_append_text(out, has_any ? "\n" : "no header tells one\n");
}

static void append_clock(const struct check *check, struct buffer *out)
{
    int64_t ahead = check->clock_ahead_s;
    append_label("clock", out);
    if (!check->has_clock)
        buffer_append_text(out, "not told\n");
    else if (ahead >= -1 && ahead <= 1)
        buffer_append_text(out, "agrees with this machine's\n");
    else
        buffer_print(out, "%" PRId64 " s %s this machine's\n", ahead < 0 ? -ahead : ahead,
                     ahead < 0 ? "behind" : "ahead of");
}

void check_append_text(const struct checked *checked, struct buffer *out)
{
    const struct check *check = checked->check;
    char count[NUMBER_BYTES] = "not told";
    if (check->count != COUNT_UNKNOWN)
        number_grouped(check->count, count);
    append_label("server", out);
    buffer_print(out, "%s\n", checked->source->base_url);
    append_label("credentials", out);
    buffer_print(out, "accepted, from %s\n", checked->credentials_origin);
    append_label("contacts", out);
    buffer_print(out, "%s%s\n", count, checked->source->q ? " on the first page" : "");
    append_page_size(checked, out);
    append_orders(check, out);
    append_beyond(check->beyond, out);
    append_count(check, out);
    append_tie(check, out);
    append_list("labels", check->labels, out);
    append_list("inboxes", check->inboxes, out);
    append_limits(check, out);
    append_label("answers", out);
    buffer_print(
        out, "in %" PRId64 " to %" PRId64 " ms, half of them within %" PRId64 " ms; %d requests\n",
        check->least_ms, check->most_ms, check->median_ms, check->requests);
    append_clock(check, out);
}
