/* Reads the pages of one pass through a window of requests, each through all its attempts. */
#ifndef ROLLCALL_READER_H
#define ROLLCALL_READER_H

#include "base/error.h"
#include "fetch/fetch.h"
#include "fetch/livedesk.h"
#include "fetch/pages.h"

#include <stdbool.h>
#include <stdint.h>

struct reader;

/* A page that has been read; borrowed. */
struct page_read {
    int64_t number; /* from 1 */
    const struct livedesk_page *page;
    int64_t server_time; /* when the server answered, by its own clock, seconds since 1970; 0:
                            unknown */
    int64_t elapsed_ms;  /* how long the answer took */
    bool is_again;       /* it has been read before in this pass, or is read beside it */
};

/* What else is known at the end of a pass. */
struct pass_finding {
    bool count_fits;     /* the server's counts can be those of the whole list */
    bool holds_by_order; /* as posts.h proves it */
};

/* Takes each page as it comes, in any order. What it fails with ends the pass. */
struct page_sink {
    bool (*take)(void *context, const struct page_read *read, struct error *error);
    void *context;
};

/* Options and observer have to outlive the reader. */
bool reader_open(struct reader **reader, const struct fetch_options *options,
                 const struct fetch_observer *observer, struct error *error);

/* Reads the pass with that number (from 1) as `asked` says. Where the server refuses page_size it
   is left out, and `asked` is changed. Fails as the sink does, with EXIT_UNAUTHORISED if the server
   refuses the credentials, with EXIT_API if a page cannot be read or the time for all is over. */
bool reader_read_pass(struct reader *reader, struct source *asked, int pass,
                      const struct page_sink *sink, struct pass_finding *found,
                      struct error *error);

/* Requests made so far, in all passes. */
int64_t reader_request_count(const struct reader *reader);

/* Breaks off what is under way. NULL is allowed. */
void reader_close(struct reader *reader);

#endif
