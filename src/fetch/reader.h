/* Reads the pages of one pass through a window of requests, each through all its attempts. */
#ifndef ROLLCALL_READER_H
#define ROLLCALL_READER_H

#include "base/error.h"
#include "fetch/fetch_options.h"
#include "fetch/intake.h"
#include "fetch/proof/page_plan.h"

#include <stdbool.h>
#include <stdint.h>

struct reader;

/* Options and observer have to outlive the reader. */
bool reader_open(struct reader **reader, const struct fetch_options *options,
                 const struct fetch_observer *observer, struct error *error);

/* Reads the pass with that number (from 1) as `asked` says, but for the pages in `seen`. A page
   keeps its place among those in flight until it is saved. Where the server refuses page_size it is
   left out, and `asked` is changed before the first page comes. When it has failed, the sink may be
   at work until the reader is closed. Fails as the sink does, with EXIT_UNAUTHORISED if the server
   refuses the credentials, with EXIT_API if a page cannot be read or the time for all is over. */
bool reader_read_pass(struct reader *reader, struct source *asked, int pass,
                      const struct pages_seen *seen, const struct page_sink *sink,
                      struct pass_end *end, struct error *error);

/* Waits. Fails with EXIT_API if the time for all passes is over. */
bool reader_pause(struct reader *reader, int64_t wait_s, struct error *error);

/* Requests made so far, in all passes. */
int64_t reader_request_count(const struct reader *reader);

/* Breaks off what is in flight. NULL is allowed. */
void reader_close(struct reader *reader);

#endif
