#include "fetch/request/last_second.h"

#include <string.h>

static int64_t entry_of(int64_t time_ms)
{
    int64_t entry = time_ms / LAST_SECOND_ENTRY_MS;
    return time_ms % LAST_SECOND_ENTRY_MS < 0 ? entry - 1 : entry;
}

static int *count_of(struct last_second *second, int64_t entry)
{
    int64_t at = entry % LAST_SECOND_ENTRIES;
    return &second->counts[at < 0 ? at + LAST_SECOND_ENTRIES : at];
}

struct last_second last_second_begin(int64_t now_ms)
{
    return (struct last_second){.end = entry_of(now_ms)};
}

/* Moves on to the present. */
static void move(struct last_second *second, int64_t now_ms)
{
    int64_t end = entry_of(now_ms);
    if (end - second->end >= LAST_SECOND_ENTRIES) {
        memset(second->counts, 0, sizeof second->counts);
        second->end = end;
    }
    while (second->end < end)
        *count_of(second, ++second->end) = 0;
}

void last_second_count(struct last_second *second, int64_t now_ms)
{
    move(second, now_ms);
    ++*count_of(second, second->end);
}

int last_second_sum(struct last_second *second, int64_t now_ms)
{
    int sum = 0;
    move(second, now_ms);
    for (int i = 0; i < LAST_SECOND_ENTRIES; i++)
        sum += second->counts[i];
    return sum;
}

int last_second_older(struct last_second *second, int64_t now_ms)
{
    int sum = 0;
    move(second, now_ms);
    for (int i = LAST_SECOND_ENTRIES / 2; i < LAST_SECOND_ENTRIES; i++)
        sum += *count_of(second, second->end - i);
    return sum;
}
