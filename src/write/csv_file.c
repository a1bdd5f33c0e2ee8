#include "write/csv_file.h"

#include "base/buffer.h"
#include "base/escape.h"
#include "base/memory.h"
#include "base/outfile.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

struct csv_file {
    struct outfile *outfile;
    int fields_per_row;
    int field; /* the next one in its row, from 0 */
    bool guarded;
    struct buffer text;
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

/* A row that is one empty field would be an empty line, which readers skip: it is quoted. */
static bool needs_quotes(const struct csv_file *csv, const char *text)
{
    return text[strcspn(text, "\",\r\n")] != '\0' || (csv->fields_per_row == 1 && !*text);
}

static void write_quoted(struct csv_file *csv, const char *text)
{
    size_t length = strlen(text);
    size_t needed = csv_write(NULL, 0, text, length);
    char *room = memory_new(needed, 1);
    csv_write(room, needed, text, length);
    outfile_write(csv->outfile, room, needed);
    free(room);
}

void csv_file_plain(struct csv_file *csv, const char *text)
{
    if (csv->field > 0)
        outfile_write_text(csv->outfile, ",");
    if (text && needs_quotes(csv, text))
        write_quoted(csv, text);
    else if (text)
        outfile_write_text(csv->outfile, text);
    else if (csv->fields_per_row == 1)
        outfile_write_text(csv->outfile, "\"\"");
    if (++csv->field == csv->fields_per_row) {
        outfile_write_text(csv->outfile, "\r\n");
        csv->field = 0;
    }
}

void csv_file_text(struct csv_file *csv, const char *text)
{
    if (!text || !csv->guarded) {
        csv_file_plain(csv, text);
        return;
    }
    buffer_clear(&csv->text);
    escape_append(ESCAPE_SPREADSHEET_CELL, text, &csv->text);
    csv_file_plain(csv, buffer_text(&csv->text));
}

bool csv_file_close(struct csv_file *csv, struct error *error)
{
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
    buffer_free(&csv->text);
    free(csv);
}
