#include "fetch/intake.h"

#include "base/memory.h"
#include "base/thread.h"

#include <stdlib.h>
#include <unistd.h>

enum { READERS_MAX = 4, THREADS_MAX = READERS_MAX + 1 };

/* In the order in which a job goes through them, which ends at JOB_FREE. */
enum job_state { JOB_FREE, JOB_GIVEN, JOB_READING, JOB_READ, JOB_STORING, JOB_DONE, JOB_TAKEN };

struct job {
    struct arrival arrival; /* the state says who may touch it: a thread, the caller or nobody */
    enum job_state state;
    uint64_t number; /* from 1, in the order in which they were given */
};

struct intake {
    struct job *jobs;
    size_t room;
    void (*wake)(void *context);
    void *context;
    struct page_sink sink;
    pthread_t threads[THREADS_MAX];
    int thread_count;

    pthread_mutex_t mutex; /* protects the jobs' states and: */
    pthread_cond_t given;
    pthread_cond_t read;
    uint64_t given_count;
    size_t done_count; /* jobs in JOB_DONE */
    bool has_failed;
    struct error failure;
    bool is_closing;
};

/* The job in that state that was given first. NULL if there is none. The caller holds the mutex. */
static struct job *first_in(const struct intake *intake, enum job_state state)
{
    struct job *first = NULL;
    for (size_t i = 0; i < intake->room; i++) {
        struct job *job = &intake->jobs[i];
        if (job->state == state && (!first || job->number < first->number))
            first = job;
    }
    return first;
}

/* Whether a page that was given before that one is still being read. Then the job waits for it:
   pages are stored in the order in which they were given. */
static bool is_early(const struct intake *intake, const struct job *job)
{
    const struct job *reading = first_in(intake, JOB_READING);
    return reading && reading->number < job->number;
}

/* Moves one job from a state to another: the one that was given first. NULL if there is none, or
   if it is too early to store it. The caller holds the mutex. */
static struct job *advance(struct intake *intake, enum job_state from, enum job_state to)
{
    struct job *first = first_in(intake, from);
    if (!first || (to == JOB_STORING && is_early(intake, first)))
        return NULL;
    first->state = to;
    return first;
}

/* Waits for such a job. NULL when the intake closes. The caller holds the mutex. */
static struct job *wait_for(struct intake *intake, pthread_cond_t *sign, enum job_state from,
                            enum job_state to)
{
    struct job *job = NULL;
    while (!intake->is_closing && !(job = advance(intake, from, to)))
        pthread_cond_wait(sign, &intake->mutex);
    return job;
}

/* Returns whether the caller of the intake has to be woken: if other jobs were done already, it has
   been. The mutex is held. */
static bool note_done(struct intake *intake, size_t count)
{
    bool is_first = intake->done_count == 0;
    intake->done_count += count;
    return is_first && count > 0;
}

/* A job whose page is not stored is done now. Either way the pages behind it may have waited. */
static void finish_reading(struct intake *intake, struct job *job)
{
    bool is_stored = job->arrival.is_stored && job->arrival.fault == BODY_FINE;
    bool is_news = false;
    pthread_mutex_lock(&intake->mutex);
    job->state = is_stored ? JOB_READ : JOB_DONE;
    if (!is_stored)
        is_news = note_done(intake, 1);
    pthread_cond_signal(&intake->read);
    pthread_mutex_unlock(&intake->mutex);
    if (is_news)
        intake->wake(intake->context);
}

static struct job *next_given(struct intake *intake)
{
    pthread_mutex_lock(&intake->mutex);
    struct job *job = wait_for(intake, &intake->given, JOB_GIVEN, JOB_READING);
    pthread_mutex_unlock(&intake->mutex);
    return job;
}

static void *read_bodies(void *context)
{
    struct intake *intake = context;
    struct job *job;
    while ((job = next_given(intake))) {
        struct arrival *arrival = &job->arrival;
        arrival->fault = livedesk_read_page(buffer_text(&arrival->body), arrival->body.length,
                                            &arrival->page, arrival->description);
        finish_reading(intake, job);
    }
    return NULL;
}

/* Waits for the first page of a batch. The others are those that have been parsed by then. */
static struct job *next_read(struct intake *intake, bool is_first)
{
    pthread_mutex_lock(&intake->mutex);
    struct job *job = is_first             ? wait_for(intake, &intake->read, JOB_READ, JOB_STORING)
                      : intake->is_closing ? NULL
                                           : advance(intake, JOB_READ, JOB_STORING);
    pthread_mutex_unlock(&intake->mutex);
    return job;
}

static bool store_batch(struct intake *intake, const struct job *first, struct error *error)
{
    const struct page_sink *sink = &intake->sink;
    for (const struct job *job = first; job; job = next_read(intake, false)) {
        if (!sink->take(sink->context, &job->arrival.read, error))
            return false;
    }
    return sink->save(sink->context, error);
}

static void finish_batch(struct intake *intake, bool ok, const struct error *error)
{
    size_t count = 0;
    pthread_mutex_lock(&intake->mutex);
    while (advance(intake, JOB_STORING, JOB_DONE))
        count++;
    bool is_news = note_done(intake, count);
    if (!ok) {
        intake->has_failed = true;
        intake->failure = *error;
    }
    pthread_mutex_unlock(&intake->mutex);
    if (is_news)
        intake->wake(intake->context);
}

static void *store_pages(void *context)
{
    struct intake *intake = context;
    struct error error = {0};
    const struct job *first;
    bool ok = true;
    while (ok && (first = next_read(intake, true))) {
        ok = store_batch(intake, first, &error);
        finish_batch(intake, ok, &error);
    }
    return NULL;
}

/* One processor is left to the rest of the program. */
static int choose_reader_count(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors <= 2 ? 1 : processors > READERS_MAX ? READERS_MAX : (int)processors - 1;
}

static bool start(struct intake *intake, void *(*run)(void *context))
{
    bool started = thread_start(&intake->threads[intake->thread_count], run, intake);
    intake->thread_count += started;
    return started;
}

/* Without more than one reader the intake is slower, but works. */
static bool start_threads(struct intake *intake)
{
    int wanted = choose_reader_count();
    bool ok = start(intake, store_pages) && start(intake, read_bodies);
    for (int i = 1; ok && i < wanted && start(intake, read_bodies); i++)
        ;
    return ok;
}

bool intake_open(struct intake **opened, size_t room, void (*wake)(void *context), void *context,
                 struct error *error)
{
    struct intake *intake = memory_new(1, sizeof *intake);
    intake->jobs = memory_new(room, sizeof *intake->jobs);
    intake->room = room;
    intake->wake = wake;
    intake->context = context;
    pthread_mutex_init(&intake->mutex, NULL);
    pthread_cond_init(&intake->given, NULL);
    pthread_cond_init(&intake->read, NULL);
    if (!start_threads(intake)) {
        intake_close(intake);
        return error_set(error, EXIT_UNEXPECTED,
                         "no threads could be started to read and store pages");
    }
    *opened = intake;
    return true;
}

void intake_set_sink(struct intake *intake, const struct page_sink *sink)
{
    intake->sink = *sink;
}

void intake_give(struct intake *intake, size_t tag, const struct page_read *read, bool is_stored,
                 struct buffer *body)
{
    pthread_mutex_lock(&intake->mutex);
    struct job *job = advance(intake, JOB_FREE, JOB_GIVEN);
    job->number = ++intake->given_count;
    struct arrival *arrival = &job->arrival;
    struct buffer empty = arrival->body;
    arrival->tag = tag;
    arrival->read = *read;
    arrival->read.page = &arrival->page;
    arrival->is_stored = is_stored;
    arrival->body = *body;
    *body = empty;
    buffer_clear(body);
    pthread_cond_signal(&intake->given);
    pthread_mutex_unlock(&intake->mutex);
}

bool intake_take(struct intake *intake, struct arrival **arrival, struct error *error)
{
    *arrival = NULL;
    pthread_mutex_lock(&intake->mutex);
    bool ok = !intake->has_failed;
    struct job *job = ok ? advance(intake, JOB_DONE, JOB_TAKEN) : NULL;
    if (job) {
        intake->done_count--;
        *arrival = &job->arrival;
    }
    if (!ok)
        *error = intake->failure;
    pthread_mutex_unlock(&intake->mutex);
    return ok;
}

void intake_give_back(struct intake *intake, struct arrival *arrival)
{
    /* The arrival is the first member of its job. */
    struct job *job = (struct job *)arrival;
    pthread_mutex_lock(&intake->mutex);
    job->state = JOB_FREE;
    pthread_mutex_unlock(&intake->mutex);
}

void intake_close(struct intake *intake)
{
    if (!intake)
        return;
    pthread_mutex_lock(&intake->mutex);
    intake->is_closing = true;
    pthread_cond_broadcast(&intake->given);
    pthread_cond_broadcast(&intake->read);
    pthread_mutex_unlock(&intake->mutex);
    for (int i = 0; i < intake->thread_count; i++)
        pthread_join(intake->threads[i], NULL);
    pthread_cond_destroy(&intake->given);
    pthread_cond_destroy(&intake->read);
    pthread_mutex_destroy(&intake->mutex);
    for (size_t i = 0; i < intake->room; i++) {
        buffer_free(&intake->jobs[i].arrival.body);
        livedesk_page_free(&intake->jobs[i].arrival.page);
    }
    free(intake->jobs);
    free(intake);
}
