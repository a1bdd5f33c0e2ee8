/* ZIP archives, written, read by others, and read here; sound ones and others. */
#include "zip/zip.h"

#include "base/memory.h"
#include "support.h"
#include "zip/deflate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct zip_entry stored(const char *name, const char *text)
{
    return (struct zip_entry){
        .name = name,
        .name_length = strlen(name),
        .method = ZIP_STORED,
        .date = 33, /* 1980-01-01 */
        .sum = deflate_sum(0, text, strlen(text)),
        .packed_length = strlen(text),
        .plain_length = strlen(text),
    };
}

/* An archive that begins so far behind the beginning of a file. */
static void write_archive_at(const char *path, uint64_t offset)
{
    struct error error;
    struct zip_writer writer = {.offset = offset};
    struct zip_entry first = stored("a.txt", "hello");
    struct zip_entry second = stored("folder/b", "");
    assert_true(outfile_create(&writer.file, path, &error));
    zip_writer_begin(&writer, &first);
    zip_writer_append(&writer, "hel", 3);
    zip_writer_append(&writer, "lo", 2);
    zip_writer_begin(&writer, &second);
    zip_writer_end(&writer);
    zip_writer_free(&writer);
    assert_true(outfile_close(writer.file, &error));
}

static void write_archive(const char *path)
{
    write_archive_at(path, 0);
}

static struct buffer read_bytes(const char *path)
{
    struct buffer bytes = {0};
    char some[4096];
    size_t got;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while ((got = fread(some, 1, sizeof some, file)) > 0)
        buffer_append(&bytes, some, got);
    fclose(file);
    return bytes;
}

/* What a command prints about the archive. The caller frees it. */
static char *ask(const char *format, const char *path)
{
    char *command = memory_print(format, path);
    char *text = support_ask(command);
    free(command);
    return text;
}

static void test_written_and_read(void **state)
{
    char *path = support_path(*state, "a.zip");
    write_archive(path);
    char *text = ask("unzip -p '%s' a.txt", path);
    assert_string_equal(text, "hello");
    free(text);
    free(ask("unzip -tqq '%s'", path));
    struct buffer bytes = read_bytes(path);
    struct zip_reader reader;
    struct zip_entry entry;
    assert_true(zip_reader_open(&reader, bytes.bytes, bytes.length));
    assert_int_equal(reader.left, 2);
    assert_true(zip_reader_next(&reader, &entry));
    assert_int_equal(entry.name_length, 5);
    assert_memory_equal(entry.name, "a.txt", 5);
    assert_int_equal(entry.plain_length, 5);
    assert_memory_equal(entry.packed, "hello", 5);
    assert_true(zip_reader_next(&reader, &entry));
    assert_memory_equal(entry.name, "folder/b", 8);
    assert_int_equal(entry.packed_length, 0);
    assert_int_equal(reader.left, 0);
    assert_false(zip_reader_next(&reader, &entry));
    buffer_free(&bytes);
    free(path);
}

/* Opens it and goes through all entries; the packed bytes have to be there to be read. */
static bool is_sound(const char *bytes, size_t length, uint32_t *sum)
{
    struct zip_reader reader;
    struct zip_entry entry;
    if (!zip_reader_open(&reader, bytes, length))
        return false;
    while (reader.left > 0) {
        if (!zip_reader_next(&reader, &entry))
            return false;
        *sum = deflate_sum(*sum, entry.packed, entry.packed_length);
    }
    return true;
}

/* Each byte changed in turn, to each of some values, and each length short of the whole: never is
   anything read that is not the archive's. */
static void test_damaged(void **state)
{
    static const unsigned char values[] = {0x00, 0x01, 0x7F, 0x80, 0xFF};
    char *path = support_path(*state, "a.zip");
    uint32_t sum = 0;
    write_archive(path);
    struct buffer whole = read_bytes(path);
    assert_true(is_sound(whole.bytes, whole.length, &sum));
    for (size_t length = 0; length < whole.length; length++) {
        char *part = memory_copy_bytes(whole.bytes, length);
        part = memory_resize(part, length, 1); /* nothing behind it */
        assert_false(is_sound(part, length, &sum));
        free(part);
    }
    for (size_t at = 0; at < whole.length; at++) {
        for (size_t i = 0; i < COUNT(values); i++) {
            char *changed =
                memory_resize(memory_copy_bytes(whole.bytes, whole.length), whole.length, 1);
            changed[at] = (char)values[i];
            is_sound(changed, whole.length, &sum);
            free(changed);
        }
    }
    buffer_free(&whole);
    free(path);
}

struct refused_case {
    const char *what;
    int from_end; /* where, counted from the end of the archive */
    char value;
};

/* The archive ends with the entry "folder/b" (46 + 8 bytes) and the end (22). */
static const struct refused_case refused_cases[] = {
    {"no end", 22, 'X'},
    {"several parts", 18, 1},
    {"another number of entries", 12, 1},
    {"the directory elsewhere", 6, 1},
    {"the directory longer", 10, 1},
    {"no entry", 22 + 54, 'X'},
    {"encrypted", 22 + 54 - 8, 1},
    {"another method", 22 + 54 - 10, 12},
    {"longer than the archive", 22 + 54 - 22, 1},
    {"its header elsewhere", 22 + 54 - 42, 1},
    {"another name", 22 + 8, 'X'},
    {"a name of another length", 22 + 54 - 28, 7},
};

static void test_refused(void **state)
{
    char *path = support_path(*state, "a.zip");
    uint32_t sum = 0;
    write_archive(path);
    struct buffer bytes = read_bytes(path);
    for (size_t i = 0; i < COUNT(refused_cases); i++) {
        char *at = bytes.bytes + bytes.length - refused_cases[i].from_end;
        char before = *at;
        *at = refused_cases[i].value;
        if (is_sound(bytes.bytes, bytes.length, &sum))
            fail_msg("%s: taken", refused_cases[i].what);
        *at = before;
    }
    buffer_free(&bytes);
    free(path);
}

/* An entry of more than 4 GiB, of the same joint again and again. */
static void write_large(const char *path, const char *name, uint64_t times, struct error *error)
{
    enum { PART_BYTES = 1 << 26 };
    struct deflate *deflate = deflate_new();
    struct zip_writer writer = {0};
    struct buffer part = {0};
    struct buffer last = {0};
    char *zeros = memory_new(PART_BYTES, 1);
    uint32_t part_sum = deflate_sum(0, zeros, PART_BYTES);
    struct zip_entry entry = stored(name, "");
    deflate_append(deflate, zeros, PART_BYTES, DEFLATE_JOINT, &part);
    deflate_append(deflate, "", 0, DEFLATE_LAST, &last);
    for (uint64_t i = 0; i < times; i++)
        entry.sum = deflate_join_sums(entry.sum, part_sum, PART_BYTES);
    entry.method = ZIP_DEFLATED;
    entry.plain_length = times * PART_BYTES;
    entry.packed_length = times * part.length + last.length;
    assert_true(outfile_create(&writer.file, path, error));
    zip_writer_begin(&writer, &entry);
    for (uint64_t i = 0; i < times; i++)
        zip_writer_append(&writer, part.bytes, part.length);
    zip_writer_append(&writer, last.bytes, last.length);
    struct zip_entry small = stored("small", "hello");
    zip_writer_begin(&writer, &small);
    zip_writer_append(&writer, "hello", 5);
    zip_writer_end(&writer);
    zip_writer_free(&writer);
    assert_true(outfile_close(writer.file, error));
    buffer_free(&part);
    buffer_free(&last);
    free(zeros);
    deflate_free(deflate);
}

static void test_more_than_4_gib(void **state)
{
    struct error error;
    char *path = support_path(*state, "large.zip");
    write_large(path, "large", 65, &error);
    char *sizes =
        ask("/usr/bin/python3 -c 'import sys, zipfile; print([entry.file_size for entry in"
            " zipfile.ZipFile(sys.argv[1]).infolist()])' '%s'",
            path);
    assert_string_equal(sizes, "[4362076160, 5]\n");
    free(sizes);
    char *small = ask("unzip -p '%s' small", path);
    assert_string_equal(small, "hello");
    free(small);
    /* Such an archive is not read here. */
    struct buffer bytes = read_bytes(path);
    struct zip_reader reader;
    struct zip_entry entry;
    assert_true(zip_reader_open(&reader, bytes.bytes, bytes.length));
    assert_false(zip_reader_next(&reader, &entry));
    buffer_free(&bytes);
    free(path);
}

/* Entries and a directory of which the places do not fit into 32 bits. */
static void test_beyond_4_gib(void **state)
{
    char *path = support_path(*state, "a.zip");
    write_archive_at(path, (uint64_t)5 << 30);
    free(ask("cd \"$(dirname '%s')\" && truncate -s 5G far.zip && cat a.zip >>far.zip", path));
    free(path);
    path = support_path(*state, "far.zip");
    char *text =
        ask("/usr/bin/python3 -c 'import sys, zipfile; archive = zipfile.ZipFile(sys.argv[1]);"
            " print(archive.testzip(), archive.read(\"a.txt\"))' '%s'",
            path);
    assert_string_equal(text, "None b'hello'\n");
    free(text);
    text = ask("unzip -p '%s' a.txt", path);
    assert_string_equal(text, "hello");
    free(text);
    free(path);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_written_and_read), TEST(test_damaged),      TEST(test_refused),
        TEST(test_more_than_4_gib),  TEST(test_beyond_4_gib),
    };
    return cmocka_run_group_tests_name("zip", tests, NULL, NULL);
}
