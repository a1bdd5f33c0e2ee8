/* Which requests leave room for more: the server is busy only with those that it has not answered,
   while memory is held by all that have not come to their end. */
#include "base/error.h"
#include "fetch/request/window.h"
#include "support.h"

#include <string.h>

enum { CONNECTIONS = PACE_OPENING + 2, NOW_MS = 1000 };

void __wrap_transfer_start(struct transfer *transfer, const char *url, size_t tag);

/* Nothing is asked for: the linker puts this in the place of the transfer's own. */
void __wrap_transfer_start(struct transfer *transfer, const char *url, size_t tag)
{
    (void)transfer;
    (void)url;
    (void)tag;
}

/* As many as may be under way from the start have been started. */
static void open_full(struct window *window)
{
    const struct fetch_options options = {.connections = CONNECTIONS, .retries = 3};
    window_open(window, NULL, &options, NOW_MS);
    for (int i = 0; i < PACE_OPENING; i++) {
        assert_true(window_has_room(window, NOW_MS));
        window_start(window, &(struct reading){.page = i + 1}, strdup("url"), NOW_MS);
    }
    assert_int_equal(window_count(window), PACE_OPENING);
    assert_false(window_has_room(window, NOW_MS));
}

static void start_one(struct window *window)
{
    window_start(window, &(struct reading){.page = 99}, strdup("url"), NOW_MS);
}

static void test_answered(void **state)
{
    struct window window;
    (void)state;
    open_full(&window);
    window.requests[0].state = REQUEST_ANSWERED;
    assert_int_equal(window_count(&window), PACE_OPENING);
    assert_true(window_has_room(&window, NOW_MS));
    start_one(&window);
    assert_int_equal(window_count(&window), PACE_OPENING + 1);
    assert_false(window_has_room(&window, NOW_MS));
    window_close(&window);
}

static void test_put_off(void **state)
{
    struct window window;
    struct error error = {0};
    (void)state;
    open_full(&window);
    assert_true(window_try_again(&window, &window.requests[0], FAILURE_PASSING, 60000, &error));
    assert_int_equal(window_count(&window), PACE_OPENING);
    assert_true(window_has_room(&window, NOW_MS));
    start_one(&window);
    assert_int_equal(window_count(&window), PACE_OPENING + 1);
    assert_false(window_has_room(&window, NOW_MS));
    window_close(&window);
}

static void test_ended(void **state)
{
    struct window window;
    (void)state;
    open_full(&window);
    window_end(&window.requests[0]);
    assert_int_equal(window_count(&window), PACE_OPENING - 1);
    assert_true(window_has_room(&window, NOW_MS));
    start_one(&window);
    assert_false(window_has_room(&window, NOW_MS));
    window_close(&window);
}

/* However many of them have been answered, no more are held than there are connections. */
static void test_all_held(void **state)
{
    struct window window;
    (void)state;
    open_full(&window);
    for (int i = 0; i < PACE_OPENING; i++)
        window.requests[i].state = REQUEST_ANSWERED;
    while (window_has_room(&window, NOW_MS))
        start_one(&window);
    assert_int_equal(window_count(&window), CONNECTIONS);
    window_close(&window);
}

/* What waits for its next attempt is started when that is due, and not before. */
static void test_due(void **state)
{
    struct window window;
    struct error error = {0};
    (void)state;
    open_full(&window);
    struct request *request = &window.requests[3];
    assert_true(window_try_again(&window, request, FAILURE_PASSING, 0, &error));
    int64_t due_ms = request->due_ms;
    window_start_due(&window, due_ms - 1);
    assert_int_equal(request->state, REQUEST_WAITING);
    window_start_due(&window, due_ms);
    assert_int_equal(request->state, REQUEST_UNDER_WAY);
    assert_int_equal(request->attempts, 2);
    window_close(&window);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answered), cmocka_unit_test(test_put_off),
        cmocka_unit_test(test_ended),    cmocka_unit_test(test_all_held),
        cmocka_unit_test(test_due),
    };
    return cmocka_run_group_tests_name("request_room", tests, NULL, NULL);
}
