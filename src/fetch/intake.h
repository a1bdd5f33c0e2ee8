/* Takes in the bodies of answers: some threads parse them into pages, another one stores the pages.
   The caller's thread is free for the transfer meanwhile. */
#ifndef ROLLCALL_INTAKE_H
#define ROLLCALL_INTAKE_H

#include "base/buffer.h"
#include "base/error.h"
#include "fetch/api/livedesk.h"
#include "fetch/proof/page_plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct intake;

/* A page that has been parsed; borrowed. */
struct page_read {
    int64_t number; /* from 1 */
    const struct livedesk_page *page;
    struct answer_time time;
    int64_t requests; /* made before it came */
    int64_t retries;  /* of these */
    bool is_again;    /* not the pass's first reading of that page */
    struct pass_start start;
};

/* Where pages go. `take` gets each page, in the order in which the bodies were given; `save` makes
   permanent what was taken. One thread of the intake makes all these calls, and only while some
   body that was given has not been taken. If either fails, the pass fails with its error. */
struct page_sink {
    bool (*take)(void *context, const struct page_read *read, struct error *error);
    bool (*save)(void *context, struct error *error);
    void *context;
};

/* A body, and the page it was parsed into. */
struct arrival {
    size_t tag; /* as given, like `read` and `is_stored` */
    struct page_read read;
    bool is_stored; /* false: the page is parsed, but not stored */
    struct buffer body;
    struct livedesk_page page; /* if `fault` is BODY_FINE */
    enum body_fault fault;     /* any other: nothing is stored */
    char description[160];     /* of the fault, if there is one */
};

/* Makes room for `room` bodies at once. When an arrival is ready to be taken and none was before,
   the intake calls `wake`, on another thread. Fails with EXIT_UNEXPECTED if no thread starts. */
bool intake_open(struct intake **intake, size_t room, void (*wake)(void *context), void *context,
                 struct error *error);

/* Sets where pages go from now on; copied. All that was given has been given back. */
void intake_set_sink(struct intake *intake, const struct page_sink *sink);

/* Gives the intake a body, for which there is room, and leaves an empty buffer in its place. The
   intake sets the page of `read`. */
void intake_give(struct intake *intake, size_t tag, const struct page_read *read, bool is_stored,
                 struct buffer *body);

/* Takes an arrival whose page has been parsed and, if it is to be stored, saved; NULL if there is
   none. Of several the one comes first that was given first. The caller gives it back. Fails if the
   sink has failed, and from then on. */
bool intake_take(struct intake *intake, struct arrival **arrival, struct error *error);
void intake_give_back(struct intake *intake, struct arrival *arrival);

/* Finishes what is being parsed or stored, and drops the rest. NULL is allowed. */
void intake_close(struct intake *intake);

#endif
