/* What a snapshot holds besides its contacts while its fetch is under way: how far it is, and for
   whom. Gone when the snapshot is whole. */
#ifndef ROLLCALL_PARTIAL_H
#define ROLLCALL_PARTIAL_H

#include "base/arena.h"
#include "base/error.h"
#include "model/checkpoint.h"
#include "model/source.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A fetch that broke off. The arena owns all that it points to. */
struct unfinished {
    struct source source;
    const char *key_fingerprint; /* as partial_lay_out was told it */
    int64_t saved_at;            /* when a page was saved last, seconds since 1970 */
    struct checkpoint checkpoint;
    struct page_seen *pages; /* those of the pass under way, as they came */
    size_t page_count;
    uint64_t *rejected; /* what tells its records apart that have no usable id */
    size_t rejected_count;
    struct arena arena;
};

void unfinished_free(struct unfinished *unfinished);

/* The statements that save. {0} is one without. */
struct partial {
    sqlite3 *database;
    sqlite3_stmt *put_page;
    sqlite3_stmt *put_rejected;
    sqlite3_stmt *put_pass;
    sqlite3_stmt *put_fetch;
};

/* Every call but partial_load fails with EXIT_OUTPUT where the disk is at fault. */

/* Makes the tables. `key_fingerprint` tells API keys apart, and nothing else. */
bool partial_lay_out(sqlite3 *database, const char *key_fingerprint, struct error *error);

bool partial_prepare(struct partial *partial, sqlite3 *database, struct error *error);
void partial_finalize(struct partial *partial);

/* The pages and the rejected records are those of the pass under way. */
bool partial_put_page(struct partial *partial, const struct page_seen *page, struct error *error);
bool partial_put_rejected(struct partial *partial, uint64_t fingerprint, struct error *error);

/* A further pass begins. */
bool partial_forget_pages(sqlite3 *database, struct error *error);

/* Saves all of `checkpoint` that can have changed since a page was received last. */
bool partial_save(struct partial *partial, const struct checkpoint *checkpoint, int64_t saved_at,
                  struct error *error);

/* With nothing in it, not even a pass, if the run broke off before it saved anything, or after it
   took the tables out. Fails with
   EXIT_WRONG_USE if the tables are not as they were made. */
bool partial_load(sqlite3 *database, struct unfinished *unfinished, struct error *error);

/* Takes the tables out. */
bool partial_drop(sqlite3 *database, struct error *error);

#endif
