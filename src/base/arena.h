/* Memory for many small things that die together. */
#ifndef ROLLCALL_ARENA_H
#define ROLLCALL_ARENA_H

#include <stddef.h>

struct arena_block;

/* {0} is an empty arena. */
struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used_bytes;          /* of the newest block */
};

/* Zeroed, aligned for any type, valid until arena_clear or arena_free. */
void *arena_new(struct arena *arena, size_t bytes);

char *arena_copy(struct arena *arena, const char *bytes, size_t length);

/* How much memory the arena has taken. */
size_t arena_bytes(const struct arena *arena);

/* Forgets everything but keeps one block for the next use. */
void arena_clear(struct arena *arena);

void arena_free(struct arena *arena);

#endif
