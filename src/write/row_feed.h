/* Reads contacts and makes cells of them on a thread of its own, beside the writers. */
#ifndef ROLLCALL_ROW_FEED_H
#define ROLLCALL_ROW_FEED_H

#include "base/error.h"
#include "model/cell.h"
#include "model/column.h"
#include "snapshot/snapshot.h"

#include <stdbool.h>

struct row_feed;

/* Begins to read the contacts in that order. Everything is borrowed, and outlives the feed. Fails
   as snapshot_rows_open does, or with EXIT_UNEXPECTED if no thread can be had. */
bool row_feed_open(struct row_feed **feed, const struct snapshot *snapshot,
                   const struct columns *columns, const struct order *order, struct error *error);

/* The next contact, a cell for each column; NULL after the last one. Good until the next call, and
   the caller's to change.
   Fails as snapshot_rows_next does, after the contacts that could be read. */
bool row_feed_next(struct row_feed *feed, struct cell **cells, struct error *error);

/* Stops reading, wherever it is. NULL is allowed. */
void row_feed_close(struct row_feed *feed);

#endif
