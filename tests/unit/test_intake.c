/* Bodies read, and pages stored, on other threads. */
#include "base/memory.h"
#include "fetch/intake.h"
#include "support.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { ROOM = 8, BODIES = 400 };

/* A sink that notes what it is given. What is not atomic is looked at only by whoever has taken all
   that was given. */
struct notes {
    atomic_int wakes;
    bool is_taken[BODIES];
    atomic_bool is_saved[BODIES];
    int fail_take; /* the page with that number; 0: none */
    bool fail_save;
    int saves;
};

static void count_wake(void *context)
{
    struct notes *notes = context;
    atomic_fetch_add(&notes->wakes, 1);
}

static bool take(void *context, const struct page_read *read, struct error *error)
{
    struct notes *notes = context;
    if (read->number == notes->fail_take)
        return error_set(error, EXIT_OUTPUT, "no room for page %d", notes->fail_take);
    assert_false(notes->is_taken[read->number]);
    assert_int_equal(read->page->contacts[0].id, read->number);
    assert_int_equal(read->time.elapsed_ms, read->number + 1);
    notes->is_taken[read->number] = true;
    return true;
}

static bool save(void *context, struct error *error)
{
    struct notes *notes = context;
    notes->saves++;
    if (notes->fail_save)
        return error_set(error, EXIT_OUTPUT, "no room to save");
    for (size_t i = 0; i < BODIES; i++)
        atomic_store(&notes->is_saved[i], notes->is_taken[i]);
    return true;
}

static struct intake *open_intake(struct notes *notes)
{
    struct intake *intake;
    struct error error = {0};
    struct page_sink sink = {take, save, notes};
    if (!intake_open(&intake, ROOM, count_wake, notes, &error))
        fail_msg("%s", error.message);
    intake_set_sink(intake, &sink);
    sink = (struct page_sink){0}; /* it was copied */
    return intake;
}

static void give(struct intake *intake, int64_t number, bool is_stored, const char *text)
{
    const struct page_read read = {.number = number, .time.elapsed_ms = number + 1};
    struct buffer body = {0};
    buffer_append_text(&body, text);
    intake_give(intake, (size_t)number, &read, is_stored, &body);
    assert_int_equal(body.length, 0);
    buffer_free(&body);
}

static void give_page(struct intake *intake, int64_t number, bool is_stored)
{
    char *text = memory_print("{\"payload\":[{\"id\":%lld,\"name\":\"n\"}]}", (long long)number);
    give(intake, number, is_stored, text);
    free(text);
}

/* NULL if the sink has failed. */
static struct arrival *wait_for_one(struct intake *intake, struct error *error)
{
    const struct timespec pause = {.tv_nsec = 100000};
    struct arrival *arrival = NULL;
    while (intake_take(intake, &arrival, error) && !arrival)
        nanosleep(&pause, NULL);
    return arrival;
}

/* Each comes back once, with its own contacts, and not before it is saved. Every third is only to
   be looked at. */
static void test_many(void **state)
{
    (void)state;
    struct notes *notes = memory_new(1, sizeof *notes);
    struct intake *intake = open_intake(notes);
    struct error error = {0};
    bool seen[BODIES] = {false};
    int64_t given = 0;
    for (int64_t done = 0; done < BODIES; done++) {
        for (; given < BODIES && given - done < ROOM; given++)
            give_page(intake, given, given % 3 != 0);
        struct arrival *arrival = wait_for_one(intake, &error);
        assert_non_null(arrival);
        assert_int_equal(arrival->fault, BODY_FINE);
        assert_int_equal(arrival->page.contact_count, 1);
        assert_int_equal(arrival->page.contacts[0].id, arrival->tag);
        assert_int_equal(arrival->read.number, arrival->tag);
        assert_int_equal(notes->is_saved[arrival->tag], arrival->is_stored);
        assert_false(seen[arrival->tag]);
        seen[arrival->tag] = true;
        intake_give_back(intake, arrival);
    }
    for (size_t i = 0; i < BODIES; i++)
        assert_int_equal(notes->is_taken[i], i % 3 != 0);
    struct arrival *none;
    assert_true(intake_take(intake, &none, &error));
    assert_null(none);
    intake_close(intake);
    assert_in_range(notes->wakes, 1, BODIES);
    assert_in_range(notes->saves, 1, BODIES);
    free(notes);
}

/* However fast more is given, nothing that was given before is left behind. */
static void test_turns(void **state)
{
    (void)state;
    struct notes *notes = memory_new(1, sizeof *notes);
    struct intake *intake = open_intake(notes);
    struct error error = {0};
    int64_t given = 0;
    for (; given < ROOM; given++)
        give_page(intake, given, false);
    for (int64_t done = 0; done < BODIES - ROOM; done++) {
        struct arrival *arrival = wait_for_one(intake, &error);
        assert_in_range((int64_t)arrival->tag, done > ROOM ? done - ROOM : 0, done + ROOM);
        intake_give_back(intake, arrival);
        give_page(intake, given++, false);
    }
    intake_close(intake);
    free(notes);
}

static void test_faults(void **state)
{
    (void)state;
    struct notes *notes = memory_new(1, sizeof *notes);
    struct intake *intake = open_intake(notes);
    struct error error = {0};
    give(intake, 3, true, "<html>");
    struct arrival *arrival = wait_for_one(intake, &error);
    assert_int_equal(arrival->tag, 3);
    assert_int_equal(arrival->fault, BODY_INVALID);
    assert_string_equal(arrival->description, "an HTML page instead of JSON");
    intake_give_back(intake, arrival);
    intake_close(intake);
    intake_close(NULL);
    assert_false(notes->is_taken[3]);
    assert_int_equal(notes->saves, 0);
    free(notes);
}

/* Nothing that was not saved is handed out as done, and the failure is told every time. */
static void test_failing_sink(void **state)
{
    (void)state;
    static const struct {
        int fail_take;
        bool fail_save;
        const char *message;
    } cases[] = {{5, false, "no room for page 5"}, {0, true, "no room to save"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct notes *notes = memory_new(1, sizeof *notes);
        notes->fail_take = cases[i].fail_take;
        notes->fail_save = cases[i].fail_save;
        struct intake *intake = open_intake(notes);
        struct error error = {0};
        for (int64_t page = 1; page <= ROOM; page++)
            give_page(intake, page, true);
        struct arrival *arrival;
        while ((arrival = wait_for_one(intake, &error))) {
            assert_true(cases[i].fail_take && arrival->tag != (size_t)cases[i].fail_take);
            intake_give_back(intake, arrival);
        }
        assert_int_equal(error.code, EXIT_OUTPUT);
        assert_string_equal(error.message, cases[i].message);
        error = (struct error){0};
        assert_null(wait_for_one(intake, &error));
        assert_string_equal(error.message, cases[i].message);
        intake_close(intake);
        free(notes);
    }
}

/* What is still to be read is not waited for. */
static void test_closed_early(void **state)
{
    (void)state;
    struct notes *notes = memory_new(1, sizeof *notes);
    struct intake *intake = open_intake(notes);
    for (int64_t page = 1; page <= ROOM; page++)
        give_page(intake, page, true);
    intake_close(intake);
    free(notes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many),         cmocka_unit_test(test_turns),
        cmocka_unit_test(test_faults),       cmocka_unit_test(test_failing_sink),
        cmocka_unit_test(test_closed_early),
    };
    return cmocka_run_group_tests_name("intake", tests, NULL, NULL);
}
