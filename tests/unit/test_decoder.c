/* Bodies read on other threads. */
#include "base/memory.h"
#include "fetch/decoder.h"
#include "support.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { ROOM = 8 };

static void count_wake(void *context)
{
    atomic_int *wakes = context;
    atomic_fetch_add(wakes, 1);
}

static struct decoding *wait_for_one(struct decoder *decoder)
{
    const struct timespec pause = {.tv_nsec = 100000};
    struct decoding *decoding;
    while (!(decoding = decoder_take(decoder)))
        nanosleep(&pause, NULL);
    return decoding;
}

static void give(struct decoder *decoder, size_t tag, const char *text)
{
    struct buffer body = {0};
    buffer_append_text(&body, text);
    decoder_give(decoder, tag, &body);
    assert_int_equal(body.length, 0);
    buffer_free(&body);
}

static struct decoder *open_decoder(atomic_int *wakes)
{
    struct decoder *decoder;
    struct error error = {0};
    if (!decoder_open(&decoder, ROOM, count_wake, wakes, &error))
        fail_msg("%s", error.message);
    return decoder;
}

/* Each comes back once, with its own contacts, however many are given at once. */
static void test_many(void **state)
{
    (void)state;
    enum { BODIES = 400 };
    static bool seen[BODIES];
    atomic_int wakes = 0;
    struct decoder *decoder = open_decoder(&wakes);
    size_t given = 0;
    for (size_t taken = 0; taken < BODIES; taken++) {
        for (; given < BODIES && given - taken < ROOM; given++) {
            char *text =
                memory_print("{\"payload\":[{\"id\":%zu,\"name\":\"n%zu\"}]}", given, given);
            give(decoder, given, text);
            free(text);
        }
        struct decoding *decoding = wait_for_one(decoder);
        assert_int_equal(decoding->fault, BODY_FINE);
        assert_int_equal(decoding->page.contact_count, 1);
        assert_int_equal(decoding->page.contacts[0].id, decoding->tag);
        assert_false(seen[decoding->tag]);
        seen[decoding->tag] = true;
        decoder_give_back(decoder, decoding);
    }
    assert_null(decoder_take(decoder));
    decoder_close(decoder);
    assert_in_range(wakes, 1, BODIES);
}

static void test_faults(void **state)
{
    (void)state;
    atomic_int wakes = 0;
    struct decoder *decoder = open_decoder(&wakes);
    give(decoder, 3, "<html>");
    struct decoding *decoding = wait_for_one(decoder);
    assert_int_equal(decoding->tag, 3);
    assert_int_equal(decoding->fault, BODY_INVALID);
    assert_string_equal(decoding->description, "an HTML page instead of JSON");
    decoder_give_back(decoder, decoding);
    decoder_close(decoder);
    decoder_close(NULL);
}

/* What is still to be read is not waited for. */
static void test_closed_early(void **state)
{
    (void)state;
    atomic_int wakes = 0;
    struct decoder *decoder = open_decoder(&wakes);
    for (size_t i = 0; i < ROOM; i++)
        give(decoder, i, "{\"payload\":[]}");
    decoder_close(decoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_closed_early),
    };
    return cmocka_run_group_tests_name("decoder", tests, NULL, NULL);
}
