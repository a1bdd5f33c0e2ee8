/* The small sheets: the key figures, the tallies, and what the workbook is made of. */
#include "base/memory.h"
#include "version.h"
#include "write/ledger_text.h"
#include "write/workbook.h"

#include <stdio.h>
#include <stdlib.h>

static void write_label(lxw_worksheet *sheet, lxw_row_t row, const char *label, lxw_format *format)
{
    worksheet_write_string(sheet, row, 0, label, format);
}

static void write_total(struct workbook *workbook, lxw_row_t row, const char *label, int64_t count)
{
    const struct workbook_formats *formats = &workbook->formats;
    write_label(workbook->summary, row, label, formats->label);
    workbook_number(workbook, workbook->summary, row, 1, (double)count, formats->count);
    workbook_number(workbook, workbook->summary, row, 2,
                    tally_share(workbook->report->tally, count), formats->share);
}

/* A tally that is being written into a sheet. */
struct table {
    struct workbook *workbook;
    lxw_worksheet *sheet;
    lxw_row_t row;
};

static void write_group_name(const struct table *table, const struct group *group)
{
    struct buffer name = {0};
    report_group_name(table->workbook->report, group, &name);
    workbook_text(table->workbook, table->sheet, table->row, 0, buffer_text(&name),
                  table->workbook->formats.text);
    buffer_free(&name);
}

/* The name and then the two figures; the sheets of one dimension have details in between. */
static bool write_summary_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    struct table *table = context;
    struct workbook *workbook = table->workbook;
    write_group_name(table, group);
    workbook_number(workbook, table->sheet, table->row, 1, (double)group->contacts,
                    workbook->formats.count);
    workbook_number(workbook, table->sheet, table->row, 2,
                    tally_share(workbook->report->tally, group->contacts), workbook->formats.share);
    table->row++;
    return true;
}

static void head_summary_table(struct table *table, const char *title)
{
    const struct workbook_formats *formats = &table->workbook->formats;
    worksheet_write_string(table->sheet, table->row, 0, title, formats->header);
    worksheet_write_string(table->sheet, table->row, 1, "Contacts", formats->figure_header);
    worksheet_write_string(table->sheet, table->row, 2, "Share", formats->figure_header);
    table->row++;
}

bool workbook_write_summary(struct workbook *workbook, struct error *error)
{
    enum { FIGURES_ROW = 5, TOP_COUNTRIES = 10 };
    const struct report *report = workbook->report;
    const struct workbook_formats *formats = &workbook->formats;
    struct totals totals = tally_totals(report->tally);
    lxw_worksheet *sheet = workbook->summary;
    char text[LEDGER_TEXT_BYTES];

    worksheet_set_column(sheet, 0, 0, 34, NULL);
    worksheet_set_column(sheet, 1, 1, 20, NULL);
    worksheet_set_column(sheet, 2, 2, 12, NULL);
    worksheet_write_string(sheet, 0, 0, "Contacts", formats->title);
    write_label(sheet, 1, "As of", formats->label);
    workbook_time(workbook, sheet, 1, 1, report->as_of);
    workbook_text(workbook, sheet, 1, 2, zone_name(report->zone), formats->text);
    ledger_describe(report->ledger, text);
    worksheet_write_string(sheet, 2, 0, text, report->ledger->complete ? NULL : formats->warning);
    if (totals.contacts == 0)
        worksheet_write_string(sheet, 3, 0, "No contact matches.", formats->warning);

    write_total(workbook, FIGURES_ROW, "Contacts", totals.contacts);
    write_total(workbook, FIGURES_ROW + 1, "With an email address", totals.with_email);
    write_total(workbook, FIGURES_ROW + 2, "With a phone number", totals.with_phone);
    write_total(workbook, FIGURES_ROW + 3, "Blocked", totals.blocked);

    struct table table = {workbook, sheet, FIGURES_ROW + 5};
    head_summary_table(&table, "Countries");
    if (!tally_each(report->tally, BY_COUNTRY, TOP_COUNTRIES, write_summary_group, &table, error))
        return false;
    table.row++;
    head_summary_table(&table, "Last activity");
    return tally_each(report->tally, BY_ACTIVITY, 0, write_summary_group, &table, error);
}

enum { TALLY_COLUMNS_MAX = 5 };

static const struct tally_sheet {
    const char
        *headers[TALLY_COLUMNS_MAX]; /* NULLs behind the last; the last two are the figures */
    double widths[TALLY_COLUMNS_MAX];
} tally_sheets[DIMENSIONS] = {
    [BY_COUNTRY] = {{"Country", "Code", "Contacts", "Share"}, {34, 8, 12, 10}},
    [BY_COMPANY] = {{"Company", "Contacts", "Share"}, {48, 12, 10}},
    [BY_INBOX] = {{"Inbox", "ID", "Channel", "Contacts", "Share"}, {34, 10, 26, 12, 10}},
    [BY_ACTIVITY] = {{"Last activity", "Contacts", "Share"}, {20, 12, 10}},
};

static bool write_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    struct table *table = context;
    struct workbook *workbook = table->workbook;
    lxw_format *text = workbook->formats.text;
    lxw_col_t column = 1;
    write_group_name(table, group);
    if (group->dimension == BY_COUNTRY)
        workbook_text(workbook, table->sheet, table->row, column++, group->code, text);
    if (group->dimension == BY_INBOX) {
        char id[24];
        snprintf(id, sizeof id, "%lld", (long long)group->id);
        workbook_text(workbook, table->sheet, table->row, column++, group->name ? id : NULL, text);
        workbook_text(workbook, table->sheet, table->row, column++, group->channel_type, text);
    }
    workbook_number(workbook, table->sheet, table->row, column++, (double)group->contacts,
                    workbook->formats.count);
    workbook_number(workbook, table->sheet, table->row, column,
                    tally_share(workbook->report->tally, group->contacts), workbook->formats.share);
    table->row++;
    return true;
}

bool workbook_write_tally(struct workbook *workbook, enum dimension dimension, struct error *error)
{
    const struct tally_sheet *layout = &tally_sheets[dimension];
    const struct report *report = workbook->report;
    struct table table = {workbook, workbook->tallies[dimension], 1};
    lxw_col_t width = 0;
    while (width < TALLY_COLUMNS_MAX && layout->headers[width])
        width++;
    for (lxw_col_t i = 0; i < width; i++) {
        bool is_figure = i >= width - 2;
        worksheet_set_column(table.sheet, i, i, layout->widths[i], NULL);
        worksheet_write_string(table.sheet, 0, i, layout->headers[i],
                               is_figure ? workbook->formats.figure_header
                                         : workbook->formats.header);
    }
    worksheet_freeze_panes(table.sheet, 1, 0);
    bool ok = tally_each(report->tally, dimension, report_limit(report, dimension), write_group,
                         &table, error);
    if (ok && table.row > 1)
        worksheet_autofilter(table.sheet, 0, 0, table.row - 1, width - 1);
    if (ok && dimension == BY_INBOX)
        worksheet_write_string(table.sheet, table.row + 1, 0, report_note(report, dimension), NULL);
    return ok;
}

static void write_fact(struct workbook *workbook, lxw_row_t *row, const char *label,
                       const char *text)
{
    write_label(workbook->about, *row, label, workbook->formats.label);
    workbook_text(workbook, workbook->about, (*row)++, 1, text, workbook->formats.text);
}

static void write_moment(struct workbook *workbook, lxw_row_t *row, const char *label,
                         int64_t seconds)
{
    char text[ISO8601_BYTES];
    report_time(workbook->report, seconds, text);
    write_fact(workbook, row, label, text);
}

static void write_meanings(struct workbook *workbook, lxw_row_t *row)
{
    static const char *const meanings[][2] = {
        {"Country", "by the country code, else by the country's name in any of the report's "
                    "languages, else by the text as it stands"},
        {"Company", "by the company's name, blanks and case aside, in its most frequent spelling"},
        {"Inbox", "a contact counts once in each inbox that it has, so these can add up to more "
                  "than the contacts"},
        {"Last activity", "days from the last activity to the as-of time; a bound belongs to the "
                          "lower bucket"},
        {"Share", "of the number of contacts"},
    };
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        write_fact(workbook, row, meanings[i][0], meanings[i][1]);
}

void workbook_write_about(struct workbook *workbook)
{
    const struct report *report = workbook->report;
    const struct source *source = report->source;
    lxw_row_t row = 0;
    char text[LEDGER_TEXT_BYTES];
    struct buffer labels = {0};
    for (size_t i = 0; i < source->label_count; i++)
        buffer_print(&labels, "%s%s", i ? ", " : "", source->labels[i]);

    worksheet_set_column(workbook->about, 0, 0, 18, NULL);
    worksheet_set_column(workbook->about, 1, 1, 100, NULL);
    write_fact(workbook, &row, "Source", source->base_url);
    write_fact(workbook, &row, "Labels", labels.length ? buffer_text(&labels) : "all contacts");
    if (source->q)
        write_fact(workbook, &row, "Search", source->q);
    write_moment(workbook, &row, "Fetch began", source->started_at);
    write_moment(workbook, &row, "As of", report->as_of);
    write_moment(workbook, &row, "Made", report->generated_at);
    write_fact(workbook, &row, "Time zone", zone_name(report->zone));
    ledger_describe(report->ledger, text);
    write_fact(workbook, &row, "Ledger", text);
    write_fact(workbook, &row, "Program", "rollcall " ROLLCALL_VERSION);
    for (int i = 0; i < WARNINGS; i++) {
        if (report->warnings.counts[i] == 0)
            continue;
        warning_describe((enum warning)i, report->warnings.counts[i], text, sizeof text);
        write_fact(workbook, &row, "Warning", text);
    }
    row++;
    write_meanings(workbook, &row);
    buffer_free(&labels);
}
