/* What a partial snapshot holds besides its contacts: how far the fetch has come, and whose key it
   uses. A whole snapshot no longer holds it. */
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

/* An interrupted fetch. The arena owns everything that it points to. */
struct unfinished {
    struct source source;
    const char *key_fingerprint; /* as passed to partial_lay_out */
    int64_t saved_at;            /* when a page was saved last, seconds since 1970 */
    struct checkpoint checkpoint;
    struct page_seen *pages; /* the current pass's, in the order received */
    size_t page_count;
    uint64_t *rejected; /* fingerprints of its records without a usable id */
    size_t rejected_count;
    struct arena arena;
};

void unfinished_free(struct unfinished *unfinished);

/* The statements that save. {0} holds none. */
struct partial {
    sqlite3 *database;
    sqlite3_stmt *put_page;
    sqlite3_stmt *put_rejected;
    sqlite3_stmt *put_pass;
    sqlite3_stmt *put_fetch;
};

/* Every call but partial_load fails with EXIT_OUTPUT if the disk is at fault. */

/* Makes the tables. `key_fingerprint` serves only to distinguish API keys. */
bool partial_lay_out(sqlite3 *database, const char *key_fingerprint, struct error *error);

bool partial_prepare(struct partial *partial, sqlite3 *database, struct error *error);
void partial_finalize(struct partial *partial);

/* The pages and the rejected records belong to the current pass. */
bool partial_put_page(struct partial *partial, const struct page_seen *page, struct error *error);
bool partial_put_rejected(struct partial *partial, uint64_t fingerprint, struct error *error);

/* A further pass begins. */
bool partial_forget_pages(sqlite3 *database, struct error *error);

/* Saves every part of `checkpoint` that may have changed since the last page was received. */
bool partial_save(struct partial *partial, const struct checkpoint *checkpoint, int64_t saved_at,
                  struct error *error);

/* Loads the interrupted fetch. It is empty, without even a pass, if the run ended before it saved
   anything or after it removed the tables. Fails with EXIT_WRONG_USE if the tables are not as
   partial_lay_out made them. */
bool partial_load(sqlite3 *database, struct unfinished *unfinished, struct error *error);

/* Removes the tables. */
bool partial_drop(sqlite3 *database, struct error *error);

#endif
