/* Buffers, arenas and errors: texts that grow, texts that die together, texts that are cut. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "support.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

static void test_buffer(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    assert_string_equal(buffer_text(&buffer), "");
    buffer_clear(&buffer);
    buffer_append(&buffer, NULL, 0);
    assert_non_null(buffer.bytes);
    buffer_append_text(&buffer, "one");
    buffer_append_char(&buffer, ' ');
    buffer_append(&buffer, "two!", 3);
    buffer_print(&buffer, " %d%s", 3, "");
    assert_string_equal(buffer_text(&buffer), "one two 3");
    assert_int_equal(buffer.length, 9);
    buffer_print(&buffer, "%s", "");
    assert_int_equal(buffer.length, 9);
    buffer_clear(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_append(&buffer, "a\0b", 3);
    assert_int_equal(buffer.length, 3);
    assert_memory_equal(buffer_text(&buffer), "a\0b", 4);
    buffer_free(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
}

static void test_buffer_growth(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    for (int i = 0; i < 5000; i++) {
        buffer_append_char(&buffer, (char)('a' + i % 26));
        buffer_print(&buffer, "%d", i % 10);
    }
    assert_int_equal(buffer.length, 10000);
    assert_int_equal(strlen(buffer_text(&buffer)), 10000);
    for (size_t i = 0; i < 5000; i++) {
        assert_int_equal(buffer.bytes[2 * i], 'a' + i % 26);
        assert_int_equal(buffer.bytes[2 * i + 1], '0' + i % 10);
    }
    buffer_free(&buffer);
}

static void test_buffer_take(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    char *nothing = buffer_take(&buffer);
    assert_string_equal(nothing, "");
    free(nothing);
    buffer_append_text(&buffer, "mine");
    char *taken = buffer_take(&buffer);
    assert_null(buffer.bytes);
    assert_int_equal(buffer.length, 0);
    buffer_append_text(&buffer, "yours");
    assert_string_equal(taken, "mine");
    free(taken);
    buffer_free(&buffer);
}

static void test_arena(void **state)
{
    (void)state;
    enum { ITEMS = 400 };
    struct arena arena = {0};
    char *items[ITEMS];
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < ITEMS; i++) {
            size_t bytes = i * 7 % 1000;
            items[i] = arena_new(&arena, bytes);
            assert_int_equal((uintptr_t)items[i] % alignof(max_align_t), 0);
            for (size_t j = 0; j < bytes; j++)
                assert_int_equal(items[i][j], 0);
            memset(items[i], (int)(i % 251), bytes);
        }
        for (size_t i = 0; i < ITEMS; i++) {
            for (size_t j = 0; j < i * 7 % 1000; j++)
                assert_int_equal((unsigned char)items[i][j], i % 251);
        }
        arena_clear(&arena);
    }
    arena_free(&arena);
    assert_null(arena.blocks);
    arena_free(&arena);
}

/* Larger than any block, between small ones. */
static void test_arena_large(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *small = arena_copy(&arena, "small\0er", 8);
    char *large = arena_new(&arena, 1 << 20);
    char *behind = arena_copy(&arena, "behind", 3);
    memset(large, 'x', 1 << 20);
    assert_memory_equal(small, "small\0er", 9);
    assert_string_equal(behind, "beh");
    arena_clear(&arena);
    assert_string_equal(arena_copy(&arena, "", 0), "");
    arena_free(&arena);
}

static void test_copies(void **state)
{
    (void)state;
    assert_null(memory_copy_text(NULL));
    char *text = memory_copy_text("text");
    char *bytes = memory_copy_bytes("text", 2);
    char *printed = memory_print("%s-%d", "text", 7);
    assert_string_equal(text, "text");
    assert_string_equal(bytes, "te");
    assert_string_equal(printed, "text-7");
    free(text);
    free(bytes);
    free(printed);
}

static void test_error(void **state)
{
    (void)state;
    struct error error = {0};
    assert_false(error_set(&error, EXIT_API, "what: %s", "why"));
    assert_false(error_hint(&error, "do %d", 1));
    assert_false(error_at(&error, "place %d", 2));
    assert_int_equal(error.code, EXIT_API);
    assert_string_equal(error.message, "place 2: what: why");
    assert_string_equal(error.hint, "do 1");
    error_set(&error, EXIT_OUTPUT, "other");
    assert_string_equal(error.hint, "");
}

/* Whatever is too long is cut. */
static void test_long_errors(void **state)
{
    (void)state;
    struct error error = {0};
    char text[3000];
    for (size_t length = 1000; length < 1040; length++) {
        memset(text, 'x', sizeof text);
        text[length] = '\0';
        error_set(&error, EXIT_API, "why");
        error_at(&error, "%s", text);
        assert_in_range(strlen(error.message), 1000, sizeof error.message - 1);
        error_set(&error, EXIT_API, "%s", text);
        error_at(&error, "place");
        assert_memory_equal(error.message, "place: xxx", 10);
        assert_in_range(strlen(error.message), 1007, sizeof error.message - 1);
        error_hint(&error, "%s", text);
        assert_int_equal(strlen(error.hint), sizeof error.hint - 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buffer),      cmocka_unit_test(test_buffer_growth),
        cmocka_unit_test(test_buffer_take), cmocka_unit_test(test_arena),
        cmocka_unit_test(test_arena_large), cmocka_unit_test(test_copies),
        cmocka_unit_test(test_error),       cmocka_unit_test(test_long_errors),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
