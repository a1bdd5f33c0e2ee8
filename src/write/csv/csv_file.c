#include "write/csv/csv_file.h"

#include "base/buffer.h"
#include "base/escape.h"
#include "base/file/outfile.h"
#include "base/memory.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 1 << 16 };

struct csv_file {
    struct outfile *outfile;
    int fields_per_row;
    int field; /* the next field in its row, from 0 */
    bool guarded;
    struct buffer pending; /* not written to the file yet: at most a piece and a field */
    struct buffer text;    /* a guarded text */
};

bool csv_file_create(struct csv_file **made, const char *path, int fields_per_row, bool guarded,
                     struct error *error)
{
    struct outfile *outfile;
    if (!outfile_create(&outfile, path, error))
        return false;
    struct csv_file *csv = memory_new(1, sizeof *csv);
    csv->outfile = outfile;
    csv->fields_per_row = fields_per_row;
    csv->guarded = guarded;
    *made = csv;
    return true;
}

/* The bytes that make a text need quotes. */
static const bool is_stop[256] = {
    ['\0'] = true, ['"'] = true, [','] = true, ['\r'] = true, ['\n'] = true,
};

static size_t plain_length(const char *text)
{
    size_t length = 0;
    while (!is_stop[(unsigned char)text[length]])
        length++;
    return length;
}

static void append_quoted(struct buffer *out, const char *text, size_t length)
{
    size_t needed = csv_write(NULL, 0, text, length);
    csv_write(buffer_reserve(out, needed), needed, text, length);
    out->length += needed;
}

static void begin_field(struct csv_file *csv)
{
    if (csv->field > 0)
        buffer_append_char(&csv->pending, ',');
}

static void end_field(struct csv_file *csv)
{
    if (++csv->field == csv->fields_per_row) {
        csv->field = 0;
        buffer_append(&csv->pending, "\r\n", 2);
    }
    if (csv->pending.length >= PIECE_BYTES) {
        outfile_write(csv->outfile, csv->pending.bytes, csv->pending.length);
        buffer_clear(&csv->pending);
    }
}

/* The first `plain` bytes of the text need no quotes. A row of one empty field is quoted: otherwise
   it would be an empty line, which readers skip. */
static void append_field(struct csv_file *csv, const char *text, size_t plain)
{
    begin_field(csv);
    if (text[plain] != '\0')
        append_quoted(&csv->pending, text, plain + strlen(text + plain));
    else if (plain > 0)
        buffer_append(&csv->pending, text, plain);
    else if (csv->fields_per_row == 1)
        append_quoted(&csv->pending, "", 0);
    end_field(csv);
}

void csv_file_plain(struct csv_file *csv, const char *text)
{
    const char *field = text ? text : "";
    append_field(csv, field, plain_length(field));
}

void csv_file_text(struct csv_file *csv, const char *text)
{
    if (!text || !csv->guarded || !escape_suspects_formula(text, strlen(text))) {
        csv_file_plain(csv, text);
        return;
    }
    buffer_clear(&csv->text);
    escape_append(ESCAPE_SPREADSHEET_CELL, text, &csv->text);
    csv_file_plain(csv, buffer_text(&csv->text));
}

bool csv_file_close(struct csv_file *csv, struct error *error)
{
    outfile_write(csv->outfile, buffer_text(&csv->pending), csv->pending.length);
    bool ok = outfile_close(csv->outfile, error);
    csv->outfile = NULL;
    csv_file_free(csv);
    return ok;
}

void csv_file_free(struct csv_file *csv)
{
    if (!csv)
        return;
    outfile_free(csv->outfile);
    buffer_free(&csv->pending);
    buffer_free(&csv->text);
    free(csv);
}
