/* Raw deflate, there and back; the way back is zlib's. */
#include "zip/deflate.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

enum filling { ZEROS, WORDS, NOISE };

static void fill(struct buffer *out, enum filling filling, size_t length)
{
    static const char word[] = "<c r=\"A1\" s=\"2\" t=\"inlineStr\"><is><t>";
    uint32_t dice = 1;
    for (size_t i = 0; i < length; i++) {
        dice = dice * 1664525 + 1013904223;
        char c = filling == ZEROS ? '\0' : filling == WORDS ? word[i % 37] : (char)(dice >> 24);
        buffer_append_char(out, filling == WORDS && dice >> 28 == 0 ? (char)(dice >> 8) : c);
    }
}

struct round_case {
    const char *what;
    enum filling filling;
    size_t length;
    size_t piece; /* given at once */
    size_t packed_max;
};

static const struct round_case round_cases[] = {
    {"nothing", ZEROS, 0, 1, 16},
    {"one byte", NOISE, 1, 1, 16},
    {"a byte at a time", WORDS, 5000, 1, 4000},
    {"words", WORDS, 1 << 20, 1 << 17, 1 << 19},
    {"all at once", WORDS, 5 << 20, 5 << 20, 5 << 19},
    {"zeros", ZEROS, 10 << 20, 1 << 17, 1 << 18},
    {"noise grows little", NOISE, 3 << 20, 100000, (3 << 20) + (1 << 12)},
};

static void pack(struct deflate *deflate, const struct buffer *plain, size_t piece,
                 enum deflate_end end, struct buffer *out)
{
    size_t at = 0;
    for (; plain->length - at > piece; at += piece)
        deflate_append(deflate, plain->bytes + at, piece, DEFLATE_GOES_ON, out);
    deflate_append(deflate, buffer_text(plain) + at, plain->length - at, end, out);
}

static void check_same(const char *what, const struct buffer *plain, const struct buffer *packed)
{
    struct buffer back = {0};
    if (!deflate_unpack(packed->bytes, packed->length, plain->length, &back))
        fail_msg("%s: cannot be unpacked", what);
    assert_int_equal(back.length, plain->length);
    assert_memory_equal(buffer_text(&back), buffer_text(plain), plain->length);
    buffer_free(&back);
}

static void test_there_and_back(void **state)
{
    (void)state;
    struct deflate *deflate = deflate_new();
    for (size_t i = 0; i < COUNT(round_cases); i++) {
        const struct round_case *c = &round_cases[i];
        struct buffer plain = {0};
        struct buffer packed = {0};
        struct buffer again = {0};
        fill(&plain, c->filling, c->length);
        pack(deflate, &plain, c->piece, DEFLATE_LAST, &packed);
        check_same(c->what, &plain, &packed);
        if (packed.length > c->packed_max)
            fail_msg("%s: %zu bytes", c->what, packed.length);
        pack(deflate, &plain, c->piece, DEFLATE_LAST, &again);
        assert_int_equal(again.length, packed.length);
        assert_memory_equal(again.bytes, packed.bytes, packed.length);
        buffer_free(&plain);
        buffer_free(&packed);
        buffer_free(&again);
    }
    deflate_free(deflate);
}

/* Streams of their own, one behind the other, in any order. */
static void test_joints(void **state)
{
    (void)state;
    static const size_t lengths[] = {3, 0, 100000, 1, 0, 70000};
    struct deflate *deflate = deflate_new();
    struct buffer parts[COUNT(lengths)] = {{0}};
    struct buffer plain = {0};
    struct buffer whole = {0};
    uint32_t sum = 0;
    for (size_t i = COUNT(lengths); i-- > 0;) {
        struct buffer part = {0};
        fill(&part, WORDS, lengths[i]);
        pack(deflate, &part, 1 << 16, i + 1 < COUNT(lengths) ? DEFLATE_JOINT : DEFLATE_LAST,
             &parts[i]);
        buffer_free(&part);
    }
    for (size_t i = 0; i < COUNT(lengths); i++) {
        struct buffer part = {0};
        fill(&part, WORDS, lengths[i]);
        buffer_append(&plain, buffer_text(&part), part.length);
        buffer_append(&whole, buffer_text(&parts[i]), parts[i].length);
        sum = deflate_join_sums(sum, deflate_sum(0, buffer_text(&part), part.length), part.length);
        buffer_free(&part);
        buffer_free(&parts[i]);
    }
    check_same("joints", &plain, &whole);
    assert_int_equal(sum, deflate_sum(0, plain.bytes, plain.length));
    buffer_free(&plain);
    buffer_free(&whole);
    deflate_free(deflate);
}

static void test_sums(void **state)
{
    (void)state;
    assert_int_equal(deflate_sum(0, "", 0), 0);
    assert_int_equal(deflate_sum(0, "123456789", 9), 0xCBF43926);
    assert_int_equal(deflate_sum(deflate_sum(0, "1234", 4), "56789", 5), 0xCBF43926);
    assert_int_equal(deflate_join_sums(deflate_sum(0, "1234", 4), deflate_sum(0, "56789", 5), 5),
                     0xCBF43926);
    assert_int_equal(deflate_join_sums(0xCBF43926, 0, 0), 0xCBF43926);
}

/* What is no stream, or none of that length. */
static void test_refused(void **state)
{
    (void)state;
    struct deflate *deflate = deflate_new();
    struct buffer packed = {0};
    struct buffer out = {0};
    deflate_append(deflate, "hello hello hello", 17, DEFLATE_LAST, &packed);
    assert_false(deflate_unpack(packed.bytes, packed.length, 16, &out));
    assert_false(deflate_unpack(packed.bytes, packed.length, 18, &out));
    assert_false(deflate_unpack(packed.bytes, packed.length - 1, 17, &out));
    assert_false(deflate_unpack("", 0, 0, &out));
    assert_false(deflate_unpack("\xFF\xFF\xFF", 3, 17, &out));
    assert_int_equal(out.length, 0);
    assert_true(deflate_unpack(packed.bytes, packed.length, 17, &out));
    assert_string_equal(buffer_text(&out), "hello hello hello");
    buffer_free(&packed);
    buffer_free(&out);
    deflate_free(deflate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_joints),
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests_name("deflate", tests, NULL, NULL);
}
