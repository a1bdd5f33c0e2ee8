/* How many events there were in the last second. Pure; times are in ms. */
#ifndef ROLLCALL_LAST_SECOND_H
#define ROLLCALL_LAST_SECOND_H

#include <stdint.h>

enum {
    LAST_SECOND_ENTRY_MS = 10, /* an entry covers this much time, … */
    LAST_SECOND_ENTRIES = 100, /* … all of them a second */
};

/* Made by last_second_begin. Its parts are private. */
struct last_second {
    int64_t end; /* the number of the latest entry */
    int counts[LAST_SECOND_ENTRIES];
};

struct last_second last_second_begin(int64_t now_ms);

void last_second_count(struct last_second *second, int64_t now_ms);

int last_second_sum(struct last_second *second, int64_t now_ms);

/* Those in its first half. */
int last_second_older(struct last_second *second, int64_t now_ms);

#endif
