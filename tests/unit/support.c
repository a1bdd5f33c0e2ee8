#include "support.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/long_number.h"

#include <dirent.h>
#include <ftw.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct json_object *support_parse_json(const char *text)
{
    enum json_tokener_error problem;
    struct buffer marked = {0};
    bool is_marked = long_number_mark(text, strlen(text), &marked);
    struct json_object *value =
        json_tokener_parse_verbose(is_marked ? buffer_text(&marked) : text, &problem);
    if (is_marked)
        long_number_unmark(value);
    buffer_free(&marked);
    if (problem != json_tokener_success)
        fail_msg("%s: %s", text, json_tokener_error_desc(problem));
    return value;
}

void support_append_times(struct buffer *out, const char *text, int count)
{
    for (int i = 0; i < count; i++)
        buffer_append_text(out, text);
}

char *support_make_directory(void)
{
    const char *above = getenv("TMPDIR");
    char *path = memory_print("%s/rollcall-unit-XXXXXX", above && *above ? above : "/tmp");
    assert_non_null(mkdtemp(path));
    char *real = realpath(path, NULL);
    assert_non_null(real);
    free(path);
    return real;
}

char *support_make_numbered(const char *directory, size_t number)
{
    char *path = memory_print("%s/%zu", directory, number);
    assert_int_equal(mkdir(path, 0700), 0);
    return path;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

void support_remove_directory(char *path)
{
    assert_int_equal(nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
    free(path);
}

int support_setup_directory(void **state)
{
    *state = support_make_directory();
    return 0;
}

int support_teardown_directory(void **state)
{
    support_remove_directory(*state);
    return 0;
}

char *support_path(const char *directory, const char *name)
{
    return memory_print("%s/%s", directory, name);
}

void support_write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

char *support_read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("%s: cannot be opened", path);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size >= 0);
    rewind(file);
    char *text = memory_new((size_t)size + 1, 1);
    assert_int_equal(fread(text, 1, (size_t)size, file), size);
    assert_int_equal(fclose(file), 0);
    return text;
}

char *support_ask(const char *command)
{
    struct buffer text = {0};
    char bytes[1 << 16];
    size_t got;
    FILE *output = popen(command, "r");
    assert_non_null(output);
    while ((got = fread(bytes, 1, sizeof bytes, output)) > 0)
        buffer_append(&text, bytes, got);
    if (pclose(output) != 0)
        fail_msg("%s: failed: %s", command, buffer_text(&text));
    return buffer_take(&text);
}

int support_count_entries(const char *directory)
{
    DIR *listing = opendir(directory);
    assert_non_null(listing);
    int count = 0;
    const struct dirent *entry;
    while ((entry = readdir(listing)))
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(listing);
    return count;
}

void support_check_error(const char *what, const struct error *error, enum exit_code code,
                         const char *message_part, const char *hint_part)
{
    if (error->code != code)
        fail_msg("%s: code %d instead of %d: %s", what, (int)error->code, (int)code,
                 error->message);
    if (message_part && !strstr(error->message, message_part))
        fail_msg("%s: \"%s\" does not say \"%s\"", what, error->message, message_part);
    bool hint_fits = !hint_part ||
                     (*hint_part ? strstr(error->hint, hint_part) != NULL : error->hint[0] == '\0');
    if (!hint_fits)
        fail_msg("%s: the hint \"%s\" does not say \"%s\"", what, error->hint, hint_part);
}
