/* Reads the pages of one pass through a window of requests, each through all its attempts. */
#ifndef ROLLCALL_READER_H
#define ROLLCALL_READER_H

#include "base/error.h"
#include "fetch/course.h"
#include "fetch/fetch_options.h"
#include "fetch/livedesk.h"

#include <stdbool.h>
#include <stdint.h>

struct reader;

/* A page that has been read; borrowed. */
struct page_read {
    int64_t number; /* from 1 */
    const struct livedesk_page *page;
    struct answer_time time;
    bool is_again; /* it has been read before in this pass, or is read beside it */
};

/* Takes each page as it comes, in any order; `save` makes last what was taken, before anything
   further is asked. What either fails with ends the pass. */
struct page_sink {
    bool (*take)(void *context, const struct page_read *read, struct error *error);
    bool (*save)(void *context, struct error *error);
    void *context;
};

/* Options and observer have to outlive the reader. */
bool reader_open(struct reader **reader, const struct fetch_options *options,
                 const struct fetch_observer *observer, struct error *error);

/* Reads the pass with that number (from 1) as `asked` says, but for the pages in `seen`. Where the
   server refuses page_size it is left out, and `asked` is changed. Fails as the sink does, with
   EXIT_UNAUTHORISED if the server refuses the credentials, with EXIT_API if a page cannot be read
   or the time for all is over. */
bool reader_read_pass(struct reader *reader, struct source *asked, int pass,
                      const struct pages_seen *seen, const struct page_sink *sink,
                      struct pass_end *end, struct error *error);

/* Waits. Fails with EXIT_API if the time for all passes is over. */
bool reader_pause(struct reader *reader, int64_t wait_s, struct error *error);

/* Requests made so far, in all passes. */
int64_t reader_request_count(const struct reader *reader);

/* Breaks off what is under way. NULL is allowed. */
void reader_close(struct reader *reader);

#endif
