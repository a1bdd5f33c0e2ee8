/* What comes in: bodies of answers are read into pages on some threads, and the pages stored on
   another, both beside the transfer. */
#ifndef ROLLCALL_INTAKE_H
#define ROLLCALL_INTAKE_H

#include "base/buffer.h"
#include "base/error.h"
#include "fetch/api/livedesk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct intake;

/* A page that has been read; borrowed. */
struct page_read {
    int64_t number; /* from 1 */
    const struct livedesk_page *page;
    struct answer_time time;
    int64_t requests; /* made until it came */
    bool is_again;    /* it has been read before in this pass, or is read beside it */
};

/* Takes each page as it comes, in any order; `save` makes last what was taken. Both are called on a
   thread of the intake's own, one at a time, only while there is something that has been given and
   not been taken back. What either fails with ends the pass. */
struct page_sink {
    bool (*take)(void *context, const struct page_read *read, struct error *error);
    bool (*save)(void *context, struct error *error);
    void *context;
};

/* A body, and what became of it. */
struct arrival {
    size_t tag; /* as given, like the following two */
    struct page_read read;
    bool is_stored; /* else the page is only to be looked at */
    struct buffer body;
    struct livedesk_page page; /* if the fault is BODY_FINE */
    enum body_fault fault;     /* of any other nothing is stored */
    char description[160];     /* of another fault */
};

/* Makes room for `room` bodies at once. `wake` is called, on another thread, when one is done and
   there was none to be taken before. Fails with EXIT_UNEXPECTED if no threads can be had. */
bool intake_open(struct intake **intake, size_t room, void (*wake)(void *context), void *context,
                 struct error *error);

/* Where pages go from now on, until the intake is closed; copied. Nothing is given that has not
   been taken back. */
void intake_set_sink(struct intake *intake, const struct page_sink *sink);

/* Takes the body over, and leaves an empty buffer in its place. There is room for it. The number,
   time and requests of `read` count. */
void intake_give(struct intake *intake, size_t tag, const struct page_read *read, bool is_stored,
                 struct buffer *body);

/* One that is done, whose page has been saved if it is stored at all; NULL if there is none. Those
   that were given first come first, as far as they are done. The caller looks at it and gives it
   back. Fails as the sink did; then there is nothing more to be taken. */
bool intake_take(struct intake *intake, struct arrival **arrival, struct error *error);
void intake_give_back(struct intake *intake, struct arrival *arrival);

/* Waits for what is being read or stored at the moment, and leaves the rest. NULL is allowed. */
void intake_close(struct intake *intake);

#endif
