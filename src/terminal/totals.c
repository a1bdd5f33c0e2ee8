#include "terminal/totals.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "report/dimension.h"
#include "report/ledger_text.h"

#include <stdlib.h>
#include <string.h>

#define COLOUR_GOOD  "\033[1;32m"
#define COLOUR_BAD   "\033[1;33m"
#define COLOUR_BAR   "\033[36m"
#define COLOUR_USUAL "\033[0m"

enum {
    GROUPS_SHOWN = 5,
    FIGURES = 7,
    GROUPS_MAX = ACTIVITY_BUCKETS_MAX, /* of one dimension, with the line of the others */
    ROWS_MAX = FIGURES + DIMENSIONS * (2 + GROUPS_MAX),
    LABEL_COLUMNS_MAX = 32,
    BAR_COLUMNS_MAX = 20,
    GAP = 2,
};

/* A line of the table: a heading, or a number with a label. */
struct line {
    char *label; /* owned */
    char number[LANGUAGE_FORMAT_BYTES];
    char percent[LANGUAGE_FORMAT_BYTES]; /* "": the number is no share of the contacts */
    int64_t contacts;
    bool is_heading;
    bool has_bar;
};

struct table {
    const struct report *report;
    struct line rows[ROWS_MAX];
    size_t count;
    int label_columns;
    int number_columns;
    int percent_columns;
};

static int larger(int left, int right)
{
    return left > right ? left : right;
}

static void add_heading(struct table *table, enum text_id id)
{
    struct line *row = &table->rows[table->count++];
    *row = (struct line){.is_heading = true};
    row->label = memory_copy_text(language_text(table->report->language, id));
}

/* The label may come from a server. */
static struct line *add_row(struct table *table, const char *label, int64_t contacts)
{
    const struct language *language = table->report->language;
    struct line *row = &table->rows[table->count++];
    struct buffer harmless = {0};
    struct buffer cut = {0};
    terminal_harmless(label, &harmless);
    report_cut(table->report, buffer_text(&harmless), LABEL_COLUMNS_MAX, &cut);
    *row = (struct line){.contacts = contacts};
    row->label = buffer_take(&cut);
    language_number(language, contacts, row->number);
    language_percent(language, tally_share(table->report->tally, contacts), row->percent);
    buffer_free(&harmless);
    table->label_columns =
        larger(table->label_columns, language_display_width(language, row->label));
    table->number_columns =
        larger(table->number_columns, language_display_width(language, row->number));
    table->percent_columns =
        larger(table->percent_columns, language_display_width(language, row->percent));
    return row;
}

static void add_figures(struct table *table)
{
    struct totals totals = tally_totals(table->report->tally);
    const struct {
        enum text_id label;
        int64_t contacts;
        int64_t days; /* named in the label; 0: no days there */
    } figures[FIGURES] = {
        {TEXT_TILE_CONTACTS, totals.contacts, 0},
        {TEXT_TERMINAL_WITH_EMAIL, totals.with_email, 0},
        {TEXT_TERMINAL_WITH_PHONE, totals.with_phone, 0},
        {TEXT_TILE_BLOCKED, totals.blocked, 0},
        {TEXT_TILE_NEW, totals.new_7_days, 7},
        {TEXT_TILE_ACTIVE, totals.active_30_days, 30},
        {TEXT_TILE_NEVER_ACTIVE, totals.never_active, 0},
    };
    for (size_t i = 0; i < FIGURES; i++) {
        char days[LANGUAGE_FORMAT_BYTES];
        struct buffer label = {0};
        language_number(table->report->language, figures[i].days, days);
        language_fill(table->report->language, figures[i].label, (const char *const[]){days}, 1,
                      &label);
        add_row(table, buffer_text(&label), figures[i].contacts);
        buffer_free(&label);
    }
}

/* Adds how many countries, companies and inboxes there are. These numbers are no share of the
   contacts. */
static void add_kinds(struct table *table)
{
    for (int i = 0; i < DIMENSIONS; i++) {
        if (!dimensions[i].is_scale)
            add_row(table, language_text(table->report->language, dimensions[i].title),
                    tally_named_count(table->report->tally, (enum dimension)i))
                ->percent[0] = '\0';
    }
}

/* The line of the others gets no bar: it is no single group to compare with those above. */
static bool add_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    struct table *table = context;
    struct buffer name = {0};
    report_group_name(table->report, group, &name);
    add_row(table, buffer_text(&name), group->contacts)->has_bar = group->others == 0;
    buffer_free(&name);
    return true;
}

static bool add_groups(struct table *table, enum dimension dimension, struct error *error)
{
    add_heading(table, dimensions[dimension].chart);
    return tally_each(table->report->tally, dimension,
                      report_limit_within(table->report, dimension, GROUPS_SHOWN), add_group, table,
                      error);
}

static bool add_leading_groups(struct table *table, struct error *error)
{
    bool ok = true;
    for (int i = 0; ok && i < DIMENSIONS; i++)
        ok = !dimensions[i].is_leading || add_groups(table, (enum dimension)i, error);
    return ok;
}

static void append_blanks(int count, struct buffer *out)
{
    for (int i = 0; i < count; i++)
        buffer_append_char(out, ' ');
}

static void append_right(const struct table *table, const char *text, int columns,
                         struct buffer *out)
{
    append_blanks(columns - language_display_width(table->report->language, text), out);
    buffer_append_text(out, text);
}

static void append_bar(const struct table *table, const struct line *row, int64_t highest,
                       const struct terminal_look *look, struct buffer *out)
{
    int room = TERMINAL_COLUMNS - table->label_columns - table->number_columns -
               table->percent_columns - 3 * GAP;
    if (!row->has_bar || row->contacts == 0 || room <= 0)
        return;
    append_blanks(GAP, out);
    if (look->has_colour)
        buffer_append_text(out, COLOUR_BAR);
    terminal_bar(row->contacts, highest, room < BAR_COLUMNS_MAX ? room : BAR_COLUMNS_MAX,
                 look->has_blocks, out);
    if (look->has_colour)
        buffer_append_text(out, COLOUR_USUAL);
}

/* The most contacts of any row with a bar below the heading. */
static int64_t highest_below(const struct table *table, size_t heading)
{
    int64_t highest = 0;
    for (size_t i = heading + 1; i < table->count && !table->rows[i].is_heading; i++) {
        if (table->rows[i].has_bar && table->rows[i].contacts > highest)
            highest = table->rows[i].contacts;
    }
    return highest;
}

static void append_table(const struct table *table, const struct terminal_look *look,
                         struct buffer *out)
{
    const struct language *language = table->report->language;
    int64_t highest = 0;
    for (size_t i = 0; i < table->count; i++) {
        const struct line *row = &table->rows[i];
        if (row->is_heading) {
            highest = highest_below(table, i);
            buffer_print(out, "\n%s\n", row->label);
            continue;
        }
        buffer_append_text(out, row->label);
        append_blanks(table->label_columns - language_display_width(language, row->label) + GAP,
                      out);
        append_right(table, row->number, table->number_columns, out);
        if (row->percent[0]) {
            append_blanks(GAP, out);
            append_right(table, row->percent, table->percent_columns, out);
        }
        append_bar(table, row, highest, look, out);
        buffer_append_char(out, '\n');
    }
}

bool terminal_table_append(const struct report *report, const struct terminal_look *look,
                           struct buffer *out, struct error *error)
{
    struct table table = {.report = report};
    bool ok = true;
    if (tally_totals(report->tally).contacts == 0)
        buffer_print(out, "%s\n\n", language_text(report->language, TEXT_REPORT_EMPTY));
    add_figures(&table);
    add_kinds(&table);
    if (tally_totals(report->tally).contacts > 0)
        ok = add_leading_groups(&table, error);
    append_table(&table, look, out);
    for (size_t i = 0; i < table.count; i++)
        free(table.rows[i].label);
    return ok;
}

/* Appends the text in lines that fit; lines after the first are indented. */
static void append_lines(const struct language *language, const char *text, struct buffer *out)
{
    struct buffer lines = {0};
    language_wrap(language, text, TERMINAL_COLUMNS - GAP, &lines);
    for (const char *c = buffer_text(&lines); *c; c++) {
        buffer_append_char(out, *c);
        if (*c == '\n')
            append_blanks(GAP, out);
    }
    buffer_append_char(out, '\n');
    buffer_free(&lines);
}

void terminal_account_append(const struct source *source, const struct language *language,
                             struct buffer *out)
{
    struct buffer line = {0};
    struct buffer harmless = {0};
    if (!source->account)
        return;
    buffer_print(&line, "%s: %s", language_text(language, TEXT_ABOUT_ACCOUNT), source->account);
    terminal_harmless(buffer_text(&line), &harmless);
    append_lines(language, buffer_text(&harmless), out);
    buffer_free(&line);
    buffer_free(&harmless);
}

void terminal_ledger_append(const struct ledger *ledger, const struct language *language,
                            const struct terminal_look *look, struct buffer *out)
{
    const char *verdict = ledger_verdict(ledger, language);
    struct buffer words = {0};
    struct buffer lines = {0};
    ledger_append_verdict(ledger, language, &words);
    append_lines(language, buffer_text(&words), &lines);
    const char *text = buffer_text(&lines);
    if (look->has_colour && strncmp(text, verdict, strlen(verdict)) == 0) {
        buffer_print(out, "%s%s%s", ledger->complete ? COLOUR_GOOD : COLOUR_BAD, verdict,
                     COLOUR_USUAL);
        text += strlen(verdict);
    }
    buffer_append_text(out, text);
    buffer_free(&words);
    buffer_free(&lines);
}

void terminal_warnings_append(const struct warnings *warnings, const struct language *language,
                              struct buffer *out)
{
    for (int i = 0; i < WARNINGS; i++) {
        struct buffer warning = {0};
        struct buffer line = {0};
        if (warnings->counts[i] == 0)
            continue;
        language_warning(language, (enum warning)i, warnings->counts[i], &warning);
        language_fill(language, TEXT_TERMINAL_WARNING, (const char *const[]){buffer_text(&warning)},
                      1, &line);
        append_lines(language, buffer_text(&line), out);
        buffer_free(&warning);
        buffer_free(&line);
    }
}
