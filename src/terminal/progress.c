#include "terminal/progress.h"

#include "base/buffer.h"
#include "base/number.h"
#include "fetch/http/status.h"
#include "terminal/look.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum part {
    PART_NAME,
    PART_BAR,
    PART_PERCENT,
    PART_CONTACTS,
    PART_RATE,
    PART_LEFT,
    PART_HOLD,
    PARTS
};

enum {
    PART_BYTES = 2 * NUMBER_BYTES + 24,
    BAR_COLUMNS_MIN = 10,
    BAR_COLUMNS_MAX = 30,
    TEXT_COLUMNS = 70, /* what a line without its bar usually takes */
};

/* The parts of the line; an empty text is left out. The bar is kept as its width. */
struct parts {
    char text[PARTS][PART_BYTES];
    int bar_columns; /* without the brackets; 0: no bar */
};

/* Contacts that this run received per second; 0 while that is unknown. */
static double rate_of(const struct fetch_progress *progress)
{
    int64_t received = progress->contacts - progress->contacts_before;
    if (received <= 0 || progress->pass_ms <= 0)
        return 0;
    return (double)received * 1000 / (double)progress->pass_ms;
}

/* "0:47 left" */
static void describe_left(int64_t contacts, double rate, int64_t hold_ms,
                          char text[static PART_BYTES])
{
    enum { SHOWN_HOURS_MAX = 100 };
    double seconds = (double)contacts / rate + (double)hold_ms / 1000 + 1;
    if (seconds < 3600)
        snprintf(text, PART_BYTES, "%d:%02d left", (int)seconds / 60, (int)seconds % 60);
    else if (seconds < SHOWN_HOURS_MAX * 3600.0)
        snprintf(text, PART_BYTES, "%d:%02d:%02d left", (int)seconds / 3600, (int)seconds / 60 % 60,
                 (int)seconds % 60);
}

static void describe_speed(const struct fetch_progress *progress, struct parts *parts)
{
    char number[NUMBER_BYTES];
    double rate = rate_of(progress);
    if (rate <= 0)
        return;
    number_grouped((int64_t)rate, number);
    snprintf(parts->text[PART_RATE], PART_BYTES, "%s/s", number);
    if (progress->expected > progress->contacts)
        describe_left(progress->expected - progress->contacts, rate, progress->hold.ms,
                      parts->text[PART_LEFT]);
}

static const char *cause_of(const struct fetch_hold *hold)
{
    bool is_in_between = hold->status == STATUS_BAD_GATEWAY || hold->status == STATUS_UNAVAILABLE ||
                         hold->status == STATUS_GATEWAY_TIMEOUT;
    if (hold->is_asked)
        return "the server asked for it";
    return hold->status == 0 || is_in_between ? "the server does not answer" : "the server fails";
}

static void describe_hold(const struct fetch_hold *hold, char text[static PART_BYTES])
{
    if (hold->ms <= 0)
        return;
    int length = snprintf(text, PART_BYTES, "waiting %" PRId64 " s: %s", (hold->ms + 999) / 1000,
                          cause_of(hold));
    if (hold->status != 0)
        snprintf(text + length, (size_t)(PART_BYTES - length), " (%d)", hold->status);
}

/* Pads the number to its final width, so that the parts after it stay in place. */
static void describe_contacts(const struct fetch_progress *progress, struct parts *parts)
{
    char contacts[NUMBER_BYTES];
    char expected[NUMBER_BYTES];
    number_grouped(progress->contacts, contacts);
    if (progress->expected <= 0) {
        snprintf(parts->text[PART_CONTACTS], PART_BYTES, "%s contacts", contacts);
        return;
    }
    double share = (double)progress->contacts / (double)progress->expected;
    number_grouped(progress->expected, expected);
    snprintf(parts->text[PART_CONTACTS], PART_BYTES, "%*s of %s contacts", (int)strlen(expected),
             contacts, expected);
    snprintf(parts->text[PART_PERCENT], PART_BYTES, "%3d %%", share < 1 ? (int)(share * 100) : 100);
}

static struct parts describe(const struct fetch_progress *progress)
{
    struct parts parts = {.text[PART_NAME] = "fetch"};
    if (progress->pass > 1)
        snprintf(parts.text[PART_NAME], PART_BYTES, "fetch, pass %d", progress->pass);
    if (progress->pass > 0)
        describe_contacts(progress, &parts);
    if (progress->wait_ms > 0)
        snprintf(parts.text[PART_LEFT], PART_BYTES, "next pass in %" PRId64 " s",
                 (progress->wait_ms + 999) / 1000);
    else
        describe_speed(progress, &parts);
    describe_hold(&progress->hold, parts.text[PART_HOLD]);
    return parts;
}

static bool is_there(const struct parts *parts, enum part part)
{
    return part == PART_BAR ? parts->bar_columns > 0 : parts->text[part][0] != '\0';
}

/* Two blanks come before each part, one before the bar. */
static int width_of(const struct parts *parts)
{
    int width = 0;
    for (enum part part = PART_NAME; part < PARTS; part++) {
        if (is_there(parts, part) && part != PART_BAR)
            width += (part == PART_NAME ? 0 : 2) + (int)strlen(parts->text[part]);
    }
    return width + (parts->bar_columns > 0 ? 3 + parts->bar_columns : 0);
}

/* Removes the least important parts until the rest fits. */
static void fit(struct parts *parts, int columns)
{
    static const enum part dispensable[] = {PART_RATE,    PART_BAR,  PART_LEFT,
                                            PART_PERCENT, PART_NAME, PART_HOLD};
    for (size_t i = 0; i < sizeof dispensable / sizeof *dispensable; i++) {
        if (width_of(parts) <= columns)
            return;
        if (dispensable[i] == PART_BAR)
            parts->bar_columns = 0;
        parts->text[dispensable[i]][0] = '\0';
    }
    if (columns < PART_BYTES)
        parts->text[PART_CONTACTS][columns > 0 ? columns : 0] = '\0';
}

static void append(const struct parts *parts, const struct fetch_progress *progress,
                   bool has_blocks, struct buffer *out)
{
    const char *gap = "";
    for (enum part part = PART_NAME; part < PARTS; part++) {
        if (!is_there(parts, part))
            continue;
        buffer_append_text(out, part == PART_BAR ? " " : gap);
        gap = "  ";
        if (part == PART_BAR)
            terminal_gauge(progress->contacts, progress->expected, parts->bar_columns, has_blocks,
                           out);
        else
            buffer_append_text(out, parts->text[part]);
    }
}

void terminal_progress_line(const struct fetch_progress *progress, int columns, bool has_blocks,
                            struct buffer *out)
{
    struct parts parts = describe(progress);
    int room = columns - TEXT_COLUMNS;
    if (progress->expected > 0 && progress->pass > 0)
        parts.bar_columns = room < BAR_COLUMNS_MIN   ? BAR_COLUMNS_MIN
                            : room > BAR_COLUMNS_MAX ? BAR_COLUMNS_MAX
                                                     : room;
    fit(&parts, columns);
    append(&parts, progress, has_blocks, out);
}

void terminal_hold_text(const struct fetch_hold *hold, struct buffer *out)
{
    char text[PART_BYTES] = "";
    describe_hold(hold, text);
    buffer_append_text(out, text);
}

void terminal_progress_text(const struct fetch_progress *progress, struct buffer *out)
{
    struct parts parts = describe(progress);
    append(&parts, progress, false, out);
}
