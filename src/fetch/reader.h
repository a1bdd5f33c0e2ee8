/* Reads the pages of a pass, several at once, each through all its attempts. */
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

/* Reads the pass with that number (from 1) over `asked`, except for the pages `seen`. If the server
   refuses page_size, the reader clears it in `asked` before the first page comes. After a failure
   the sink may be called until the reader is closed. Fails as the sink does, with EXIT_UNAUTHORISED
   if the server refuses the credentials, with EXIT_API if a page cannot be read or the deadline has
   passed. */
bool reader_read_pass(struct reader *reader, struct source *asked, int pass,
                      const struct pages_seen *seen, const struct page_sink *sink,
                      struct pass_end *end, struct error *error);

/* Finds the groups of contacts that tie across pages of the pass that is over. */
void reader_find_ties(struct reader *reader);

/* How many pages those groups have that are not known to have been seen whole. */
int64_t reader_tied_pages(const struct reader *reader);

/* Reads those pages again and stores them. Fails as above. */
bool reader_read_ties(struct reader *reader, struct error *error);

/* Reads one page of `asked` by itself and stores nothing. The facts are the reader's until it reads
   again; an answer that says that there is no such page is an odd end. Fails as above. */
bool reader_peek(struct reader *reader, struct source *asked, int64_t page,
                 const struct page_facts **facts, struct error *error);

/* Page 1 of the latest pass; none if an earlier run has read it. */
const struct page_ids *reader_first_page(const struct reader *reader);

/* Waits. Fails with EXIT_API if the deadline passes. */
bool reader_pause(struct reader *reader, int64_t wait_s, struct error *error);

/* Attempts made so far, in all passes. */
int64_t reader_request_count(const struct reader *reader);

/* Those that were not the first for their page. */
int64_t reader_retry_count(const struct reader *reader);

/* Cancels what is in flight. NULL is allowed. */
void reader_close(struct reader *reader);

#endif
