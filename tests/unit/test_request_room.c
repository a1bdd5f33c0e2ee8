/* Which requests leave room for more: the server is busy only with those that it has not answered,
   while memory is held by all that have not come to their end. */
#include "base/error.h"
#include "fetch/request/slots.h"
#include "support.h"

#include <string.h>

enum { CONNECTIONS = RATE_LIMITER_OPENING + 2, NOW_MS = 1000 };

void __wrap_transfer_start(struct transfer *transfer, const char *url, size_t tag);

/* Nothing is asked for: the linker puts this in the place of the transfer's own. */
void __wrap_transfer_start(struct transfer *transfer, const char *url, size_t tag)
{
    (void)transfer;
    (void)url;
    (void)tag;
}

/* As many as may be under way from the start have been started. */
static void open_full(struct slots *slots)
{
    const struct slots_options options = {.connections = CONNECTIONS, .retries = 3};
    slots_open(slots, NULL, &options, NOW_MS);
    for (int i = 0; i < RATE_LIMITER_OPENING; i++) {
        assert_true(slots_have_room(slots, NOW_MS));
        slots_start(slots, &(struct reading){.page = i + 1}, strdup("url"), NOW_MS);
    }
    assert_int_equal(slots_busy(slots), RATE_LIMITER_OPENING);
    assert_false(slots_have_room(slots, NOW_MS));
}

static void start_one(struct slots *slots)
{
    slots_start(slots, &(struct reading){.page = 99}, strdup("url"), NOW_MS);
}

static void test_answered(void **state)
{
    struct slots slots;
    (void)state;
    open_full(&slots);
    slots.requests[0].state = REQUEST_ANSWERED;
    assert_int_equal(slots_busy(&slots), RATE_LIMITER_OPENING);
    assert_true(slots_have_room(&slots, NOW_MS));
    start_one(&slots);
    assert_int_equal(slots_busy(&slots), RATE_LIMITER_OPENING + 1);
    assert_false(slots_have_room(&slots, NOW_MS));
    slots_close(&slots);
}

/* What waits for another attempt leaves its slot to others. */
static void test_put_off(void **state)
{
    struct slots slots;
    struct error error = {0};
    (void)state;
    open_full(&slots);
    assert_true(slots_retry(&slots, &slots.requests[0], FAILURE_PASSING, 60000, &error));
    assert_int_equal(slots.requests[0].state, REQUEST_FREE);
    assert_int_equal(slots_busy(&slots), RATE_LIMITER_OPENING);
    assert_true(slots_have_room(&slots, NOW_MS));
    start_one(&slots);
    assert_int_equal(slots_busy(&slots), RATE_LIMITER_OPENING + 1);
    assert_false(slots_have_room(&slots, NOW_MS));
    slots_close(&slots);
}

/* However long the server makes pages wait: no more are opened than there is room for them. */
static void test_many_put_off(void **state)
{
    struct slots slots;
    struct error error = {0};
    (void)state;
    open_full(&slots);
    assert_true(slots_retry(&slots, &slots.requests[0], FAILURE_PASSING, 60000, &error));
    while (slots_have_room(&slots, NOW_MS)) {
        start_one(&slots);
        assert_true(slots_retry(&slots, &slots.requests[0], FAILURE_PASSING, 60000, &error));
    }
    assert_int_equal(slots.waiting_count, SLOTS_WAITING_MAX);
    for (int i = 1; i < RATE_LIMITER_OPENING; i++)
        assert_true(slots_retry(&slots, &slots.requests[i], FAILURE_PASSING, 60000, &error));
    assert_int_equal(slots_busy(&slots), SLOTS_WAITING_MAX + RATE_LIMITER_OPENING - 1);
    slots_close(&slots);
}

/* One page that waits holds the others back only when they are far ahead of it. */
static void test_ahead(void **state)
{
    struct slots slots;
    struct error error = {0};
    (void)state;
    open_full(&slots);
    assert_true(slots_retry(&slots, &slots.requests[0], FAILURE_PASSING, 60000, &error));
    int opened = RATE_LIMITER_OPENING;
    for (; slots_have_room(&slots, NOW_MS); opened++) {
        start_one(&slots);
        slots_release(&slots.requests[0]);
    }
    assert_int_equal(opened, SLOTS_AHEAD_MAX + 1);
    slots_close(&slots);
}

static void test_ended(void **state)
{
    struct slots slots;
    (void)state;
    open_full(&slots);
    slots_release(&slots.requests[0]);
    assert_int_equal(slots_busy(&slots), RATE_LIMITER_OPENING - 1);
    assert_true(slots_have_room(&slots, NOW_MS));
    start_one(&slots);
    assert_false(slots_have_room(&slots, NOW_MS));
    slots_close(&slots);
}

/* However many of them have been answered, no more are held than there are connections. */
static void test_all_held(void **state)
{
    struct slots slots;
    (void)state;
    open_full(&slots);
    for (int i = 0; i < RATE_LIMITER_OPENING; i++)
        slots.requests[i].state = REQUEST_ANSWERED;
    while (slots_have_room(&slots, NOW_MS))
        start_one(&slots);
    assert_int_equal(slots_busy(&slots), CONNECTIONS);
    slots_close(&slots);
}

/* What waits for its next attempt is started when that is due, and not before; the first that is
   due first. */
static void test_due(void **state)
{
    struct slots slots;
    struct error error = {0};
    (void)state;
    open_full(&slots);
    assert_true(slots_retry(&slots, &slots.requests[5], FAILURE_PASSING, 60000, &error));
    assert_true(slots_retry(&slots, &slots.requests[3], FAILURE_PASSING, 0, &error));
    int64_t due_ms = slots.waiting[1].due_ms;
    slots_start_due(&slots, due_ms - 1);
    assert_int_equal(slots.waiting_count, 2);
    slots_start_due(&slots, due_ms);
    assert_int_equal(slots.waiting_count, 1);
    assert_int_equal(slots.requests[3].state, REQUEST_IN_FLIGHT);
    assert_int_equal(slots.requests[3].reading.page, 4);
    assert_int_equal(slots.requests[3].attempts, 2);
    slots_close(&slots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answered), cmocka_unit_test(test_put_off),
        cmocka_unit_test(test_ended),    cmocka_unit_test(test_all_held),
        cmocka_unit_test(test_due),      cmocka_unit_test(test_many_put_off),
        cmocka_unit_test(test_ahead),
    };
    return cmocka_run_group_tests_name("request_room", tests, NULL, NULL);
}
