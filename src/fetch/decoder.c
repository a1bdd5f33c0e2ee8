#include "fetch/decoder.h"

#include "base/memory.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS_MAX = 4 };

enum job_state { JOB_FREE, JOB_GIVEN, JOB_UNDER_WAY, JOB_READ, JOB_TAKEN };

struct job {
    struct decoding decoding; /* the thread's while it is under way, else the caller's */
    enum job_state state;
};

struct decoder {
    struct job *jobs;
    size_t room;
    void (*wake)(void *context);
    void *context;
    pthread_t threads[THREADS_MAX];
    int thread_count;

    pthread_mutex_t mutex; /* of the jobs' states and of these: */
    pthread_cond_t given;
    size_t read_count; /* jobs that have been read and not been taken */
    bool is_closing;
};

static struct job *find(struct decoder *decoder, enum job_state state)
{
    for (size_t i = 0; i < decoder->room; i++) {
        if (decoder->jobs[i].state == state)
            return &decoder->jobs[i];
    }
    return NULL;
}

/* The next job to be done; NULL: none will come any more. */
static struct job *wait_for_job(struct decoder *decoder)
{
    struct job *job = NULL;
    pthread_mutex_lock(&decoder->mutex);
    while (!decoder->is_closing && !(job = find(decoder, JOB_GIVEN)))
        pthread_cond_wait(&decoder->given, &decoder->mutex);
    if (job)
        job->state = JOB_UNDER_WAY;
    pthread_mutex_unlock(&decoder->mutex);
    return job;
}

/* Whoever has others to take comes to this one without being woken. */
static void finish(struct decoder *decoder, struct job *job)
{
    pthread_mutex_lock(&decoder->mutex);
    job->state = JOB_READ;
    bool is_first = decoder->read_count++ == 0;
    pthread_mutex_unlock(&decoder->mutex);
    if (is_first)
        decoder->wake(decoder->context);
}

static void *work(void *context)
{
    struct decoder *decoder = context;
    struct job *job;
    while ((job = wait_for_job(decoder))) {
        struct decoding *decoding = &job->decoding;
        decoding->fault = livedesk_read_page(buffer_text(&decoding->body), decoding->body.length,
                                             &decoding->page, decoding->description);
        finish(decoder, job);
    }
    return NULL;
}

/* One processor is for the rest of the program. */
static int choose_thread_count(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors <= 2 ? 1 : processors > THREADS_MAX ? THREADS_MAX : (int)processors - 1;
}

/* Signals are the main thread's, which knows when to hold them back. */
static bool start_threads(struct decoder *decoder)
{
    sigset_t all;
    sigset_t before;
    int wanted = choose_thread_count();
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (decoder->thread_count < wanted &&
           pthread_create(&decoder->threads[decoder->thread_count], NULL, work, decoder) == 0)
        decoder->thread_count++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return decoder->thread_count > 0;
}

bool decoder_open(struct decoder **opened, size_t room, void (*wake)(void *context), void *context,
                  struct error *error)
{
    struct decoder *decoder = memory_new(1, sizeof *decoder);
    decoder->jobs = memory_new(room, sizeof *decoder->jobs);
    decoder->room = room;
    decoder->wake = wake;
    decoder->context = context;
    pthread_mutex_init(&decoder->mutex, NULL);
    pthread_cond_init(&decoder->given, NULL);
    if (!start_threads(decoder)) {
        decoder_close(decoder);
        return error_set(error, EXIT_UNEXPECTED, "no thread can be had to read pages");
    }
    *opened = decoder;
    return true;
}

void decoder_give(struct decoder *decoder, size_t tag, struct buffer *body)
{
    pthread_mutex_lock(&decoder->mutex);
    struct job *job = find(decoder, JOB_FREE);
    struct buffer empty = job->decoding.body;
    job->decoding.tag = tag;
    job->decoding.body = *body;
    *body = empty;
    buffer_clear(body);
    job->state = JOB_GIVEN;
    pthread_cond_signal(&decoder->given);
    pthread_mutex_unlock(&decoder->mutex);
}

struct decoding *decoder_take(struct decoder *decoder)
{
    pthread_mutex_lock(&decoder->mutex);
    struct job *job = find(decoder, JOB_READ);
    if (job) {
        job->state = JOB_TAKEN;
        decoder->read_count--;
    }
    pthread_mutex_unlock(&decoder->mutex);
    return job ? &job->decoding : NULL;
}

void decoder_give_back(struct decoder *decoder, struct decoding *decoding)
{
    /* The decoding is the first member of its job. */
    struct job *job = (struct job *)decoding;
    pthread_mutex_lock(&decoder->mutex);
    job->state = JOB_FREE;
    pthread_mutex_unlock(&decoder->mutex);
}

void decoder_close(struct decoder *decoder)
{
    if (!decoder)
        return;
    pthread_mutex_lock(&decoder->mutex);
    decoder->is_closing = true;
    pthread_cond_broadcast(&decoder->given);
    pthread_mutex_unlock(&decoder->mutex);
    for (int i = 0; i < decoder->thread_count; i++)
        pthread_join(decoder->threads[i], NULL);
    pthread_cond_destroy(&decoder->given);
    pthread_mutex_destroy(&decoder->mutex);
    for (size_t i = 0; i < decoder->room; i++) {
        buffer_free(&decoder->jobs[i].decoding.body);
        livedesk_page_free(&decoder->jobs[i].decoding.page);
    }
    free(decoder->jobs);
    free(decoder);
}
