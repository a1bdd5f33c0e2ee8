/* contacts.xlsx: makes its sheets and writes the file. */
#include "base/file/outfile.h"
#include "base/memory.h"
#include "base/version.h"
#include "write/workbook/about.h"
#include "write/workbook/contacts.h"
#include "write/workbook/summary.h"
#include "write/workbook/tables.h"
#include "write/workbook/words.h"
#include "write/workbook/xlsx_tempfile.h"
#include "write/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const files[] = {"contacts.xlsx", NULL};

struct xlsx {
    struct book book;
    char *path;
    lxw_worksheet *summary;
    struct tables tables;
    struct contacts *contacts; /* NULL until they are opened */
};

/* Adds the sheets before those of the contacts. */
static bool add_front(struct xlsx *xlsx)
{
    xlsx->summary = book_add_sheet(&xlsx->book, TEXT_SHEET_SUMMARY);
    return xlsx->summary && tables_add(&xlsx->tables, &xlsx->book);
}

static bool write_front(struct xlsx *xlsx, struct error *error)
{
    return summary_write(&xlsx->book, xlsx->summary, error) &&
           tables_write(&xlsx->tables, &xlsx->book, error);
}

/* The date is the report's as-of, not the clock's: the same numbers make the same file. */
static void set_properties(struct book *book)
{
    static const char *const version[] = {ROLLCALL_VERSION};
    struct buffer subject = {0};
    struct buffer comments = {0};
    book_as_of(book, &subject);
    language_fill(book->language, TEXT_REPORT_MADE_BY, version, 1, &comments);
    lxw_doc_properties properties = {
        .title = (char *)language_text(book->language, TEXT_REPORT_TITLE),
        .subject = subject.bytes,
        .company = (char *)book->report->source->account,
        .comments = comments.bytes,
        .created = (time_t)book->report->as_of,
    };
    book_check(book, workbook_set_properties(book->lxw, &properties));
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
    struct xlsx *xlsx = opaque;
    contacts_close(xlsx->contacts);
    lxw_workbook_free(xlsx->book.lxw);
    buffer_free(&xlsx->book.text);
    arena_free(&xlsx->book.arena);
    free(xlsx->path);
    free(xlsx);
}

/* Silences the library, which prints its own errors: main prints them once. Returns the argument
   for unmute_stderr, or -1 with errno set. */
static int mute_stderr(void)
{
    fflush(stderr);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0)
        return -1;
    int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
    int why = errno;
    if (saved >= 0) {
        memory_tell(saved);
        dup2(nowhere, STDERR_FILENO);
    }
    close(nowhere);
    errno = why;
    return saved;
}

static void unmute_stderr(int saved)
{
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    memory_tell(STDERR_FILENO);
    close(saved);
}

static bool begin(void **made, struct report *report, struct error *error)
{
    struct xlsx *xlsx = memory_new(1, sizeof *xlsx);
    struct book *book = &xlsx->book;
    char *directory = outdir_work_path(report->outdir, "");
    xlsx->path = outdir_work_path(report->outdir, files[0]);
    book->report = report;
    book->language = report->language;
    lxw_workbook_options options = {.tmpdir = directory};
    book->lxw = workbook_new_opt(xlsx->path, &options);
    formats_make(book->lxw, book->formats);
    bool ok = add_front(xlsx) || cannot_write(ENOMEM, "", error);
    ok = ok && (contacts_open(&xlsx->contacts, book, directory) || cannot_write(errno, "", error));
    free(directory);
    if (!ok) {
        discard(xlsx);
        return false;
    }
    set_properties(book);
    *made = xlsx;
    return true;
}

static bool row(void *opaque, const struct cell *cells, struct error *error)
{
    const struct xlsx *xlsx = opaque;
    return contacts_write(xlsx->contacts, cells) || cannot_write(errno, "", error);
}

/* Closes the workbook, which lacks the contacts' rows so far. */
static bool close_frame(struct book *book, struct error *error)
{
    bool failed = book->failed;
    int saved = mute_stderr();
    if (saved < 0)
        return cannot_write(errno, "", error);
    xlsx_tempfile_take_failure();
    errno = 0;
    lxw_error result = workbook_close(book->lxw); /* frees it as well */
    int why = xlsx_tempfile_take_failure();
    if (why == 0 && result != LXW_NO_ERROR)
        why = errno;
    unmute_stderr(saved);
    book->lxw = NULL;
    return (result == LXW_NO_ERROR && why == 0 && !failed) ||
           cannot_write(why, failed ? "a cell was refused" : lxw_strerror(result), error);
}

static bool end(void *opaque, struct error *error)
{
    struct xlsx *xlsx = opaque;
    bool ok = write_front(xlsx, error) &&
              (contacts_end(xlsx->contacts) || cannot_write(errno, "", error));
    ok = ok && (about_write(&xlsx->book) || cannot_write(ENOMEM, "", error));
    ok = ok && close_frame(&xlsx->book, error) && contacts_join(xlsx->contacts, xlsx->path, error);
    discard(xlsx);
    return ok;
}

const struct writer workbook_writer = {OUTPUT_XLSX, files, begin, row, end, discard};
