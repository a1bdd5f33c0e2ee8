#include "support_outdir.h"

#include "support.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"report.txt", "data.db", "other.txt", NULL};
const char support_mark[] = "data.db";

static bool is_own(const char *path)
{
    char *text = support_read_file(path);
    bool own = strncmp(text, "MARK", 4) == 0;
    free(text);
    return own;
}

bool support_begin(struct outdir **outdir, const char *path, struct error *error)
{
    *error = (struct error){0};
    *outdir = NULL;
    return outdir_begin(outdir, path, names, support_mark, is_own, error);
}

void support_write_output(const struct outdir *outdir, const char *name, const char *text)
{
    char *path = outdir_work_path(outdir, name);
    support_write_file(path, text);
    free(path);
}

void support_write_outputs(const struct outdir *outdir, const char *text)
{
    support_write_output(outdir, "report.txt", text);
    support_write_output(outdir, support_mark, "MARK");
    support_write_output(outdir, "other.txt", "other");
}

void support_run(const char *path, const char *text)
{
    struct outdir *outdir;
    struct error error;
    if (!support_begin(&outdir, path, &error))
        fail_msg("%s", error.message);
    support_write_outputs(outdir, text);
    if (!outdir_commit(outdir, &error))
        fail_msg("%s", error.message);
    outdir_free(outdir);
}

void support_check_report(const char *target, const char *expected)
{
    char *path = support_path(target, "report.txt");
    char *text = support_read_file(path);
    assert_string_equal(text, expected);
    free(text);
    free(path);
}

void support_refuse(const char *path, const char *message, const char *hint)
{
    struct outdir *outdir;
    struct error error;
    if (support_begin(&outdir, path, &error))
        fail_msg("%s: not refused", path);
    support_check_error(path, &error, EXIT_OUTPUT, message, hint);
}
