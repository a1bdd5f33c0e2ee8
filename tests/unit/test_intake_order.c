/* Pages are stored in the order in which they came, whichever of them has been read first: of a
   contact that came twice the later reading stays. */
#include "base/memory.h"
#include "fetch/intake.h"
#include "support.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 8, STORED = ROOM - 1 };

/* With one processor there is one reader, so that pages are read in the order in which they came;
   with three there are two. The linker puts this in the place of the C library's. */
long __wrap_sysconf(int name);
long __real_sysconf(int name);

static long processors;

long __wrap_sysconf(int name)
{
    return name == _SC_NPROCESSORS_ONLN ? processors : __real_sysconf(name);
}

/* A body that begins with a blank holds its reader up until the gate is open. */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool is_let_go;
} gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};

static const char held_page[] = " {\"payload\":[{\"id\":1,\"name\":\"n\"}]}";
static const char held_garbage[] = " garbage";

enum body_fault __wrap_livedesk_read_page(const char *text, size_t length,
                                          struct livedesk_page *page, char description[160]);
enum body_fault __real_livedesk_read_page(const char *text, size_t length,
                                          struct livedesk_page *page, char description[160]);

enum body_fault __wrap_livedesk_read_page(const char *text, size_t length,
                                          struct livedesk_page *page, char description[160])
{
    pthread_mutex_lock(&gate.mutex);
    while (*text == ' ' && !gate.is_let_go)
        pthread_cond_wait(&gate.changed, &gate.mutex);
    pthread_mutex_unlock(&gate.mutex);
    return __real_livedesk_read_page(text, length, page, description);
}

static void open_gate(void)
{
    pthread_mutex_lock(&gate.mutex);
    gate.is_let_go = true;
    pthread_cond_broadcast(&gate.changed);
    pthread_mutex_unlock(&gate.mutex);
}

/* A sink that is stuck with its first page until it is let go. */
struct stuck_sink {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool is_let_go;
    int64_t numbers[STORED]; /* in the order in which the pages were stored */
    size_t count;
};

static bool take(void *context, const struct page_read *read, struct error *error)
{
    struct stuck_sink *sink = context;
    (void)error;
    pthread_mutex_lock(&sink->mutex);
    while (!sink->is_let_go)
        pthread_cond_wait(&sink->changed, &sink->mutex);
    sink->numbers[sink->count++] = read->number;
    pthread_mutex_unlock(&sink->mutex);
    return true;
}

static bool save(void *context, struct error *error)
{
    (void)context;
    (void)error;
    return true;
}

static void let_go(struct stuck_sink *sink)
{
    pthread_mutex_lock(&sink->mutex);
    sink->is_let_go = true;
    pthread_cond_signal(&sink->changed);
    pthread_mutex_unlock(&sink->mutex);
}

static void wake(void *context)
{
    (void)context;
}

static void give_body(struct intake *intake, int64_t number, bool is_stored, const char *text)
{
    const struct page_read read = {.number = number};
    struct buffer body = {0};
    buffer_append_text(&body, text);
    intake_give(intake, (size_t)number, &read, is_stored, &body);
    buffer_free(&body);
}

static void give(struct intake *intake, int64_t number, bool is_stored)
{
    give_body(intake, number, is_stored, held_page + 1);
}

static struct arrival *wait_for_one(struct intake *intake)
{
    const struct timespec pause = {.tv_nsec = 100000};
    struct arrival *arrival = NULL;
    struct error error = {0};
    while (intake_take(intake, &arrival, &error) && !arrival)
        nanosleep(&pause, NULL);
    assert_non_null(arrival);
    return arrival;
}

/* The numbers of the pages fall, so that it is not these that order them. The last body is only
   looked at: once it is done, all before it have been read. */
static void test_order(void **state)
{
    (void)state;
    struct stuck_sink sink = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                              .changed = PTHREAD_COND_INITIALIZER};
    const struct page_sink page_sink = {take, save, &sink};
    struct intake *intake;
    struct error error = {0};
    processors = 1;
    assert_true(intake_open(&intake, ROOM, wake, NULL, &error));
    intake_set_sink(intake, &page_sink);
    for (int64_t number = STORED; number >= 0; number--)
        give(intake, number, number > 0);
    struct arrival *looked_at = wait_for_one(intake);
    assert_int_equal(looked_at->tag, 0);
    intake_give_back(intake, looked_at);
    let_go(&sink);
    for (int64_t number = STORED; number > 0; number--) {
        struct arrival *stored = wait_for_one(intake);
        assert_int_equal(stored->tag, number);
        intake_give_back(intake, stored);
    }
    intake_close(intake);
    assert_int_equal(sink.count, STORED);
    for (size_t i = 0; i < STORED; i++)
        assert_int_equal(sink.numbers[i], STORED - i);
}

/* One of two readers is stuck with the first body, the other one reads all the rest, of which the
   last is only looked at. Returns how many pages the sink got in the end. */
static size_t store_behind(const char *first_body, struct stuck_sink *sink)
{
    const struct page_sink page_sink = {take, save, sink};
    struct intake *intake;
    struct error error = {0};
    processors = 3;
    gate.is_let_go = false;
    assert_true(intake_open(&intake, ROOM, wake, NULL, &error));
    intake_set_sink(intake, &page_sink);
    give_body(intake, STORED, true, first_body);
    for (int64_t number = STORED - 1; number >= 0; number--)
        give(intake, number, number > 0);
    intake_give_back(intake, wait_for_one(intake));
    let_go(sink);
    open_gate();
    for (int i = 0; i < STORED; i++)
        intake_give_back(intake, wait_for_one(intake));
    intake_close(intake);
    return sink->count;
}

static void test_page_that_takes_long(void **state)
{
    (void)state;
    struct stuck_sink sink = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                              .changed = PTHREAD_COND_INITIALIZER};
    assert_int_equal(store_behind(held_page, &sink), STORED);
    for (size_t i = 0; i < STORED; i++)
        assert_int_equal(sink.numbers[i], STORED - i);
}

/* Nothing of it is stored, and nobody waits for it any longer. */
static void test_body_that_is_none(void **state)
{
    (void)state;
    struct stuck_sink sink = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                              .changed = PTHREAD_COND_INITIALIZER};
    assert_int_equal(store_behind(held_garbage, &sink), STORED - 1);
    for (size_t i = 0; i < STORED - 1; i++)
        assert_int_equal(sink.numbers[i], STORED - 1 - i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_page_that_takes_long),
        cmocka_unit_test(test_body_that_is_none),
    };
    return cmocka_run_group_tests_name("intake_order", tests, NULL, NULL);
}
