/* Counts repeated values, so that SQL's rules see each distinct value only once or a few times. */
#ifndef ROLLCALL_COUNTS_H
#define ROLLCALL_COUNTS_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is counted: two keys are equal if all three parts are. Texts may be NULL. */
struct counted {
    int64_t number;
    const char *code;
    const char *text;
};

/* The most that is held in memory; beyond it the counts move to the table. */
struct counts_ceiling {
    size_t entries;
    size_t bytes; /* of their texts */
};

extern const struct counts_ceiling counts_default_ceiling; /* about 2 MiB */

struct counts;

/* Makes the temporary table, with the columns number, code, text and n. It may hold several rows
   for one key; their sum is the count. The caller drops it. */
bool counts_open(struct counts **counts, sqlite3 *database, const char *table,
                 const struct counts_ceiling *ceiling, struct error *error);

/* Counts one more. Fails with EXIT_OUTPUT if the disk for temporary data is full. */
bool counts_add(struct counts *counts, const struct counted *what, struct error *error);

/* Moves all counts to the table. */
bool counts_flush(struct counts *counts, struct error *error);

/* Drops the counts that are not in the table. NULL is allowed. */
void counts_free(struct counts *counts);

#endif
