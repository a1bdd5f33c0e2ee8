/* contacts.xlsx: in constant memory, so each sheet is written from top to bottom, row by row. */
#include "write/workbook.h"

#include "base/memory.h"
#include "model/warnings.h"
#include "version.h"
#include "write/writer.h"
#include "write/xlsx_tempfile.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const files[] = {"contacts.xlsx", NULL};

static const char *const tally_names[DIMENSIONS] = {
    [BY_COUNTRY] = "Countries",
    [BY_COMPANY] = "Companies",
    [BY_INBOX] = "Inboxes",
    [BY_ACTIVITY] = "Activity",
};

static lxw_format *add_format(struct workbook *workbook, const char *number_format)
{
    lxw_format *format = workbook_add_format(workbook->book);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (number_format)
        format_set_num_format(format, number_format);
    return format;
}

static lxw_format *add_header_format(struct workbook *workbook)
{
    lxw_format *format = add_format(workbook, NULL);
    format_set_bold(format);
    format_set_bg_color(format, 0xE3ECF7);
    format_set_bottom(format, LXW_BORDER_THIN);
    return format;
}

static void make_formats(struct workbook *workbook)
{
    struct workbook_formats *formats = &workbook->formats;
    formats->title = add_format(workbook, NULL);
    format_set_bold(formats->title);
    format_set_font_size(formats->title, 16);
    formats->header = add_header_format(workbook);
    formats->figure_header = add_header_format(workbook);
    format_set_align(formats->figure_header, LXW_ALIGN_RIGHT);
    formats->label = add_format(workbook, NULL);
    format_set_bold(formats->label);
    formats->text = add_format(workbook, "@");
    formats->count = add_format(workbook, "#,##0");
    formats->share = add_format(workbook, "0.0%");
    formats->time = add_format(workbook, "yyyy-mm-dd hh:mm:ss");
    formats->warning = add_format(workbook, NULL);
    format_set_bold(formats->warning);
    format_set_font_color(formats->warning, 0xB00020);
}

static double width_of(const struct column *column)
{
    switch (column->id) {
    case COLUMN_ID:
        return 12;
    case COLUMN_BLOCKED:
        return 9;
    case COLUMN_COUNTRY_CODE:
        return 13;
    case COLUMN_CREATED_AT:
    case COLUMN_LAST_ACTIVITY_AT:
        return 19;
    case COLUMN_INBOXES:
        return 28;
    case COLUMN_COUNTRY:
    case COLUMN_LABELS:
    case COLUMN_CUSTOM:
        return 18;
    case COLUMN_TEXT:
        break;
    }
    switch (column->text) {
    case CONTACT_EMAIL:
    case CONTACT_COMPANY_NAME:
    case CONTACT_DESCRIPTION:
        return 32;
    case CONTACT_NAME:
    case CONTACT_THUMBNAIL:
        return 24;
    default:
        return 18;
    }
}

static void head_contacts(struct workbook *workbook, lxw_worksheet *sheet)
{
    const struct columns *columns = workbook->report->columns;
    for (size_t i = 0; i < columns->count; i++) {
        lxw_col_t column = (lxw_col_t)i;
        worksheet_set_column(sheet, column, column, width_of(&columns->items[i]), NULL);
        workbook_text(workbook, sheet, 0, column, columns->items[i].name, workbook->formats.header);
    }
    worksheet_freeze_panes(sheet, 1, 0);
}

/* As many sheets as the contacts need: they stand between the tallies and About. */
static bool add_contacts_sheets(struct workbook *workbook)
{
    const struct report *report = workbook->report;
    int64_t contacts = tally_totals(report->tally).contacts;
    int64_t per_sheet = report->rows_per_sheet;
    workbook->contacts_count = (size_t)(contacts > 0 ? (contacts + per_sheet - 1) / per_sheet : 1);
    workbook->contacts =
        arena_new(&workbook->arena, workbook->contacts_count * sizeof(lxw_worksheet *));
    for (size_t i = 0; i < workbook->contacts_count; i++) {
        char *name = i == 0 ? memory_copy_text("Contacts") : memory_print("Contacts (%zu)", i + 1);
        workbook->contacts[i] = workbook_add_worksheet(workbook->book, name);
        free(name);
        if (!workbook->contacts[i])
            return false;
    }
    workbook->contacts_row = 1;
    workbook->report->warnings.counts[WARNING_SHEET_CONTINUED] +=
        (int64_t)workbook->contacts_count - 1;
    return true;
}

/* False if there is no temporary file for one of them. */
static bool add_sheets(struct workbook *workbook)
{
    workbook->summary = workbook_add_worksheet(workbook->book, "Summary");
    bool ok = workbook->summary != NULL;
    for (int i = 0; ok && i < DIMENSIONS; i++) {
        workbook->tallies[i] = workbook_add_worksheet(workbook->book, tally_names[i]);
        ok = workbook->tallies[i] != NULL;
    }
    ok = ok && add_contacts_sheets(workbook);
    workbook->about = ok ? workbook_add_worksheet(workbook->book, "About") : NULL;
    return workbook->about != NULL;
}

static bool write_front(struct workbook *workbook, struct error *error)
{
    bool ok = workbook_write_summary(workbook, error);
    for (int i = 0; ok && i < DIMENSIONS; i++)
        ok = workbook_write_tally(workbook, (enum dimension)i, error);
    head_contacts(workbook, workbook->contacts[0]);
    return ok;
}

static void set_properties(struct workbook *workbook)
{
    lxw_doc_properties properties = {
        .title = (char *)"Contacts",
        .comments = (char *)"made by rollcall " ROLLCALL_VERSION,
        .created = (time_t)workbook->report->generated_at,
    };
    workbook_set_properties(workbook->book, &properties);
}

static bool cannot_write(int why, const char *reason, struct error *error)
{
    return error_set(error, EXIT_OUTPUT, "%s: cannot be written: %s", files[0],
                     why ? strerror(why) : reason);
}

static void discard(void *opaque)
{
    struct workbook *workbook = opaque;
    /* The library has no other way to let go of a workbook than to free it unfinished; the sheets'
       temporary files it then forgets. */
    lxw_worksheet *sheet;
    if (workbook->book) {
        STAILQ_FOREACH(sheet, workbook->book->worksheets, list_pointers)
        {
            if (sheet->optimize_tmpfile)
                fclose(sheet->optimize_tmpfile);
        }
    }
    lxw_workbook_free(workbook->book);
    buffer_free(&workbook->text);
    arena_free(&workbook->arena);
    free(workbook);
}

/* The library prints its own complaints; ours says the same in the one place where errors are
   printed. Returns what unmute takes. */
static int mute_stderr(void)
{
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (saved >= 0 && nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    if (nowhere >= 0)
        close(nowhere);
    return saved;
}

static void unmute_stderr(int saved)
{
    fflush(stderr);
    if (saved < 0)
        return;
    dup2(saved, STDERR_FILENO);
    close(saved);
}

static bool begin(void **made, struct report *report, struct error *error)
{
    struct workbook *workbook = memory_new(1, sizeof *workbook);
    char *path = outdir_work_path(report->outdir, files[0]);
    char *directory = outdir_work_path(report->outdir, "");
    workbook->report = report;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = directory};
    xlsx_tempfile_take_failure();
    workbook->book = workbook_new_opt(path, &options);
    free(path);
    free(directory);
    make_formats(workbook);
    int saved = mute_stderr();
    bool ok = add_sheets(workbook) || cannot_write(xlsx_tempfile_take_failure(), "", error);
    unmute_stderr(saved);
    if (!ok || !write_front(workbook, error)) {
        discard(workbook);
        return false;
    }
    set_properties(workbook);
    *made = workbook;
    return true;
}

/* A number that a spreadsheet, which keeps 15 digits, would change stays as text. */
static bool is_exact(const struct cell *cell)
{
    const double limit = 1e15;
    return fabs(cell->number) < limit || strlen(cell->text) <= 15;
}

static void write_cell(struct workbook *workbook, lxw_worksheet *sheet, lxw_col_t column,
                       const struct cell *cell)
{
    lxw_row_t row = workbook->contacts_row;
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
        workbook_text(workbook, sheet, row, column, cell->text, workbook->formats.text);
        break;
    case CELL_NUMBER:
        if (is_exact(cell))
            workbook_number(workbook, sheet, row, column, cell->number, NULL);
        else
            workbook_text(workbook, sheet, row, column, cell->text, workbook->formats.text);
        break;
    case CELL_BOOLEAN:
        worksheet_write_boolean(sheet, row, column, cell->truth, NULL);
        break;
    case CELL_TIME:
        workbook_time(workbook, sheet, row, column, cell->seconds);
        break;
    }
}

static bool row(void *opaque, const struct cell *cells, struct error *error)
{
    struct workbook *workbook = opaque;
    if (workbook->contacts_row > workbook->report->rows_per_sheet) {
        workbook->contacts_sheet++;
        workbook->contacts_row = 1;
        head_contacts(workbook, workbook->contacts[workbook->contacts_sheet]);
    }
    lxw_worksheet *sheet = workbook->contacts[workbook->contacts_sheet];
    for (size_t i = 0; i < workbook->report->columns->count; i++)
        write_cell(workbook, sheet, (lxw_col_t)i, &cells[i]);
    workbook->contacts_row++;
    return !workbook->failed || cannot_write(0, "a cell was refused", error);
}

static void finish_contacts(struct workbook *workbook)
{
    int64_t left = tally_totals(workbook->report->tally).contacts;
    int64_t per_sheet = workbook->report->rows_per_sheet;
    for (size_t i = 0; i < workbook->contacts_count && left > 0; i++, left -= per_sheet) {
        lxw_row_t last_row = (lxw_row_t)(left < per_sheet ? left : per_sheet);
        worksheet_autofilter(workbook->contacts[i], 0, 0, last_row,
                             (lxw_col_t)(workbook->report->columns->count - 1));
    }
}

static bool end(void *opaque, struct error *error)
{
    struct workbook *workbook = opaque;
    finish_contacts(workbook);
    workbook_write_about(workbook);
    bool failed = workbook->failed;
    int saved = mute_stderr();
    errno = 0;
    lxw_error result = workbook_close(workbook->book); /* frees it as well */
    int why = xlsx_tempfile_take_failure();
    if (why == 0 && result != LXW_NO_ERROR)
        why = errno;
    unmute_stderr(saved);
    workbook->book = NULL;
    discard(workbook);
    return (result == LXW_NO_ERROR && why == 0 && !failed) ||
           cannot_write(why, lxw_strerror(result), error);
}

const struct writer workbook_writer = {"contacts.xlsx", files, begin, row, end, discard};
