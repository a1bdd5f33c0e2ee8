#include "write/row_feed.h"

#include "base/arena.h"
#include "base/memory.h"
#include "base/thread.h"

#include <stdlib.h>

/* The batches form a ring: the thread fills them, row_feed_next empties them. A batch is full at
   BATCH_BYTES_MAX of texts. While all batches together hold more than ALL_BYTES_MAX, none is
   filled, so at most one batch holds huge texts. */
enum {
    BATCHES = 4,
    BATCH_ROWS_MAX = 128,
    BATCH_CELLS_MAX = 1 << 13,
    BATCH_BYTES_MAX = 1 << 17,
    ALL_BYTES_MAX = BATCHES * BATCH_BYTES_MAX,
};

enum batch_end {
    BATCH_GOES_ON, /* there may be more rows */
    BATCH_LAST,
    BATCH_FAILED, /* after its rows */
};

struct batch {
    struct cell *cells; /* of each row in turn */
    size_t row_count;
    struct arena texts;
    size_t bytes; /* of the texts */
    enum batch_end end;
    struct error error; /* if it failed */
};

struct row_feed {
    struct snapshot_rows *rows; /* the thread's while it runs */
    const struct columns *columns;
    size_t batch_rows_max;
    struct batch batches[BATCHES];
    pthread_t thread;
    bool is_running;
    struct batch *taken; /* the batch whose rows are being given; NULL: none yet */
    size_t given;        /* rows of it */

    pthread_mutex_t mutex; /* guards these: */
    pthread_cond_t changed;
    size_t filled_count;  /* batches filled so far; the next is batches[filled_count % BATCHES] */
    size_t emptied_count; /* likewise; row_feed_next owns the batches between the two */
    size_t bytes;         /* of their texts */
    bool is_closing;
};

static bool has_room(const struct row_feed *feed)
{
    return feed->filled_count - feed->emptied_count < BATCHES && feed->bytes <= ALL_BYTES_MAX;
}

/* Waits for the next batch to fill; NULL: the feed is closing. */
static struct batch *wait_for_room(struct row_feed *feed)
{
    pthread_mutex_lock(&feed->mutex);
    while (!feed->is_closing && !has_room(feed))
        pthread_cond_wait(&feed->changed, &feed->mutex);
    struct batch *batch = feed->is_closing ? NULL : &feed->batches[feed->filled_count % BATCHES];
    pthread_mutex_unlock(&feed->mutex);
    return batch;
}

static void fill(struct row_feed *feed, struct batch *batch)
{
    const struct row *row;
    batch->row_count = 0;
    batch->end = BATCH_GOES_ON;
    while (batch->row_count == 0 || (batch->row_count < feed->batch_rows_max &&
                                     arena_bytes(&batch->texts) < BATCH_BYTES_MAX)) {
        if (!snapshot_rows_next(feed->rows, &row, &batch->error)) {
            batch->end = BATCH_FAILED;
            break;
        }
        if (!row) {
            batch->end = BATCH_LAST;
            break;
        }
        columns_fill(feed->columns, row, &batch->texts,
                     batch->cells + batch->row_count * feed->columns->count);
        batch->row_count++;
    }
    batch->bytes = arena_bytes(&batch->texts);
}

static void hand_over(struct row_feed *feed, const struct batch *batch)
{
    pthread_mutex_lock(&feed->mutex);
    feed->filled_count++;
    feed->bytes += batch->bytes;
    pthread_cond_signal(&feed->changed);
    pthread_mutex_unlock(&feed->mutex);
}

static void *work(void *context)
{
    struct row_feed *feed = context;
    struct batch *batch;
    bool goes_on = true;
    while (goes_on && (batch = wait_for_room(feed))) {
        fill(feed, batch);
        goes_on = batch->end == BATCH_GOES_ON;
        hand_over(feed, batch);
    }
    return NULL;
}

static bool start(struct row_feed *feed)
{
    feed->is_running = thread_start(&feed->thread, work, feed);
    return feed->is_running;
}

bool row_feed_open(struct row_feed **opened, const struct snapshot *snapshot,
                   const struct columns *columns, const struct order *order, struct error *error)
{
    struct row_feed *feed = memory_new(1, sizeof *feed);
    size_t fitting = BATCH_CELLS_MAX / columns->count;
    feed->columns = columns;
    feed->batch_rows_max = fitting == 0 ? 1 : fitting < BATCH_ROWS_MAX ? fitting : BATCH_ROWS_MAX;
    for (size_t i = 0; i < BATCHES; i++)
        feed->batches[i].cells =
            memory_new(feed->batch_rows_max * columns->count, sizeof(struct cell));
    pthread_mutex_init(&feed->mutex, NULL);
    pthread_cond_init(&feed->changed, NULL);
    bool ok = snapshot_rows_open(&feed->rows, snapshot, order, error) &&
              (start(feed) ||
               error_set(error, EXIT_UNEXPECTED, "no thread can be started to read contacts"));
    if (!ok) {
        row_feed_close(feed);
        return false;
    }
    *opened = feed;
    return true;
}

/* Empties a batch. Keeps its memory unless that held huge texts. */
static void empty(struct batch *batch)
{
    if (batch->bytes >= BATCH_BYTES_MAX)
        arena_free(&batch->texts);
    else
        arena_clear(&batch->texts);
}

/* Gives back the batch whose rows were all given, and waits for the next one. */
static void take_next(struct row_feed *feed)
{
    if (feed->taken)
        empty(feed->taken);
    pthread_mutex_lock(&feed->mutex);
    if (feed->taken) {
        feed->emptied_count++;
        feed->bytes -= feed->taken->bytes;
        pthread_cond_signal(&feed->changed);
    }
    while (feed->filled_count == feed->emptied_count)
        pthread_cond_wait(&feed->changed, &feed->mutex);
    feed->taken = &feed->batches[feed->emptied_count % BATCHES];
    pthread_mutex_unlock(&feed->mutex);
    feed->given = 0;
}

bool row_feed_next(struct row_feed *feed, struct cell **cells, struct error *error)
{
    *cells = NULL;
    while (!feed->taken ||
           (feed->given == feed->taken->row_count && feed->taken->end == BATCH_GOES_ON))
        take_next(feed);
    struct batch *batch = feed->taken;
    if (feed->given < batch->row_count) {
        *cells = batch->cells + feed->given++ * feed->columns->count;
        return true;
    }
    if (batch->end == BATCH_FAILED)
        *error = batch->error;
    return batch->end == BATCH_LAST;
}

void row_feed_close(struct row_feed *feed)
{
    if (!feed)
        return;
    pthread_mutex_lock(&feed->mutex);
    feed->is_closing = true;
    pthread_cond_signal(&feed->changed);
    pthread_mutex_unlock(&feed->mutex);
    if (feed->is_running)
        pthread_join(feed->thread, NULL);
    pthread_cond_destroy(&feed->changed);
    pthread_mutex_destroy(&feed->mutex);
    snapshot_rows_close(feed->rows);
    for (size_t i = 0; i < BATCHES; i++) {
        free(feed->batches[i].cells);
        arena_free(&feed->batches[i].texts);
    }
    free(feed);
}
