/* summary.html: one file, from a template. */
#include "base/buffer.h"
#include "base/file/outfile.h"
#include "write/page/page_template.h"
#include "write/page/view.h"
#include "write/writer.h"

#include <json-c/json.h>
#include <stdlib.h>

static const char *const files[] = {"summary.html", NULL};

static bool write_file(const struct report *report, const struct buffer *html, struct error *error)
{
    char *path = outdir_work_path(report->outdir, files[0]);
    struct outfile *file;
    bool ok = outfile_create(&file, path, error);
    free(path);
    if (!ok)
        return false;
    outfile_write(file, html->bytes, html->length);
    return outfile_close(file, error);
}

static bool begin(void **state, struct report *report, struct error *error)
{
    (void)error;
    *state = report;
    return true;
}

static bool end(void *state, struct error *error)
{
    const struct report *report = state;
    struct json_object *view = view_make(report, error);
    if (!view)
        return false;
    struct buffer html = {0};
    bool ok = page_template_render(report->page_template, view, &html, error) &&
              write_file(report, &html, error);
    buffer_free(&html);
    json_object_put(view);
    return ok;
}

static void discard(void *state)
{
    (void)state;
}

const struct writer page_writer = {OUTPUT_HTML, files, begin, NULL, end, discard};
