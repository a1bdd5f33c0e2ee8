/* Pages are stored in the order in which they came, as far as they have been read: of a contact
   that came twice the later reading stays. */
#include "base/memory.h"
#include "fetch/intake.h"
#include "support.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 8, STORED = ROOM - 1 };

/* With one processor there is one reader, so that pages are read in the order in which they came:
   the linker puts this in the place of the C library's. */
long __wrap_sysconf(int name);
long __real_sysconf(int name);

long __wrap_sysconf(int name)
{
    return name == _SC_NPROCESSORS_ONLN ? 1 : __real_sysconf(name);
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

static void give(struct intake *intake, int64_t number, bool is_stored)
{
    const struct page_read read = {.number = number};
    struct buffer body = {0};
    buffer_append_text(&body, "{\"payload\":[{\"id\":1,\"name\":\"n\"}]}");
    intake_give(intake, (size_t)number, &read, is_stored, &body);
    buffer_free(&body);
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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order)};
    return cmocka_run_group_tests_name("intake_order", tests, NULL, NULL);
}
