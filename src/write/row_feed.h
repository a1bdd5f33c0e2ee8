/* Reads contacts and makes cells of them, on a thread of its own. */
#ifndef ROLLCALL_ROW_FEED_H
#define ROLLCALL_ROW_FEED_H

#include "base/error.h"
#include "model/cell.h"
#include "model/column.h"
#include "snapshot/snapshot.h"

#include <stdbool.h>

struct row_feed;

/* Begins to read the contacts in that order. The feed borrows everything, so all of it has to
   outlive the feed. Fails as snapshot_rows_open does, or with EXIT_UNEXPECTED if no thread can be
   started. */
bool row_feed_open(struct row_feed **feed, const struct snapshot *snapshot,
                   const struct columns *columns, const struct order *order, struct error *error);

/* Gives the next contact, a cell for each column; NULL after the last one. The cells are valid
   until the next call, and the caller may change them. Gives all contacts that could be read before
   it fails as snapshot_rows_next does. */
bool row_feed_next(struct row_feed *feed, struct cell **cells, struct error *error);

/* Stops reading at any point. NULL is allowed. */
void row_feed_close(struct row_feed *feed);

#endif
