/* contacts.xlsx: made of its sheets, and put on the disk. */

#include "base/memory.h"
#include "base/version.h"
#include "write/workbook/contacts.h"
#include "write/workbook/xlsx_tempfile.h"
#include "write/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const files[] = {"contacts.xlsx", NULL};

lxw_worksheet *workbook_add_sheet(struct workbook *workbook, enum text_id name)
{
    return workbook_add_worksheet(workbook->book, language_text(workbook->language, name));
}

/* The sheets in front of the contacts'. */
static bool add_front(struct workbook *workbook)
{
    static const enum text_id names[DIMENSIONS] = {
        [BY_COUNTRY] = TEXT_SHEET_COUNTRIES,
        [BY_COMPANY] = TEXT_SHEET_COMPANIES,
        [BY_INBOX] = TEXT_SHEET_INBOXES,
        [BY_ACTIVITY] = TEXT_SHEET_ACTIVITY,
    };
    workbook->summary = workbook_add_sheet(workbook, TEXT_SHEET_SUMMARY);
    bool ok = workbook->summary != NULL;
    for (int i = 0; ok && i < DIMENSIONS; i++) {
        workbook->tallies[i] = workbook_add_sheet(workbook, names[i]);
        ok = workbook->tallies[i] != NULL;
    }
    return ok;
}

static bool write_front(struct workbook *workbook, struct error *error)
{
    bool ok = workbook_write_summary(workbook, error);
    for (int i = 0; ok && i < DIMENSIONS; i++)
        ok = workbook_write_tally(workbook, (enum dimension)i, error);
    return ok;
}

/* The date is the one of the numbers, not of the clock: the same numbers make the same file. */
static void set_properties(struct workbook *workbook)
{
    static const char *const version[] = {ROLLCALL_VERSION};
    struct buffer subject = {0};
    struct buffer comments = {0};
    workbook_as_of(workbook, &subject);
    language_fill(workbook->language, TEXT_REPORT_MADE_BY, version, 1, &comments);
    lxw_doc_properties properties = {
        .title = (char *)language_text(workbook->language, TEXT_REPORT_TITLE),
        .subject = subject.bytes,
        .company = (char *)workbook->report->source->account,
        .comments = comments.bytes,
        .created = (time_t)workbook->report->as_of,
    };
    workbook_check(workbook, workbook_set_properties(workbook->book, &properties));
    buffer_free(&subject);
    buffer_free(&comments);
}

static bool cannot_write(int why, const char *reason, struct error *error)
{
    return why ? outfile_cannot(files[0], why, error)
               : error_set(error, EXIT_OUTPUT, "%s: cannot be written: %s", files[0], reason);
}

static void discard(void *opaque)
{
    struct workbook *workbook = opaque;
    workbook_close_contacts(workbook->contacts);
    lxw_workbook_free(workbook->book);
    buffer_free(&workbook->text);
    arena_free(&workbook->arena);
    free(workbook->path);
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
    char *directory = outdir_work_path(report->outdir, "");
    workbook->path = outdir_work_path(report->outdir, files[0]);
    workbook->report = report;
    workbook->language = report->language;
    lxw_workbook_options options = {.tmpdir = directory};
    workbook->book = workbook_new_opt(workbook->path, &options);
    workbook_make_formats(workbook);
    bool ok = add_front(workbook) || cannot_write(ENOMEM, "", error);
    ok = ok && (workbook_open_contacts(workbook, directory) || cannot_write(errno, "", error));
    free(directory);
    if (!ok) {
        discard(workbook);
        return false;
    }
    set_properties(workbook);
    *made = workbook;
    return true;
}

static bool row(void *opaque, const struct cell *cells, struct error *error)
{
    struct workbook *workbook = opaque;
    return workbook_write_contact(workbook, cells) || cannot_write(errno, "", error);
}

/* The workbook without the rows of the contacts. */
static bool close_frame(struct workbook *workbook, struct error *error)
{
    bool failed = workbook->failed;
    int saved = mute_stderr();
    xlsx_tempfile_take_failure();
    errno = 0;
    lxw_error result = workbook_close(workbook->book); /* frees it as well */
    int why = xlsx_tempfile_take_failure();
    if (why == 0 && result != LXW_NO_ERROR)
        why = errno;
    unmute_stderr(saved);
    workbook->book = NULL;
    return (result == LXW_NO_ERROR && why == 0 && !failed) ||
           cannot_write(why, failed ? "a cell was refused" : lxw_strerror(result), error);
}

static bool end(void *opaque, struct error *error)
{
    struct workbook *workbook = opaque;
    bool ok = write_front(workbook, error) &&
              (workbook_end_contacts(workbook) || cannot_write(errno, "", error));
    ok = ok && (workbook_write_about(workbook) || cannot_write(ENOMEM, "", error));
    ok = ok && close_frame(workbook, error) &&
         workbook_join_contacts(workbook->contacts, workbook->path, error);
    discard(workbook);
    return ok;
}

const struct writer workbook_writer = {OUTPUT_XLSX, files, begin, row, end, discard};
