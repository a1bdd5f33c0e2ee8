#include "base/arena.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 16 };

struct arena_block {
    struct arena_block *older;
    size_t capacity_bytes;
    alignas(max_align_t) char bytes[];
};

static void add_block(struct arena *arena, size_t bytes)
{
    size_t capacity = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    struct arena_block *block = memory_new(1, sizeof *block + capacity);
    block->older = arena->blocks;
    block->capacity_bytes = capacity;
    arena->blocks = block;
    arena->used_bytes = 0;
}

static void *reserve(struct arena *arena, size_t bytes)
{
    size_t unit = alignof(max_align_t);
    size_t rounded = (bytes + unit - 1) / unit * unit;
    if (!arena->blocks || arena->blocks->capacity_bytes - arena->used_bytes < rounded)
        add_block(arena, rounded);
    void *block = arena->blocks->bytes + arena->used_bytes;
    arena->used_bytes += rounded;
    return block;
}

void *arena_new(struct arena *arena, size_t bytes)
{
    return memset(reserve(arena, bytes), 0, bytes);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = reserve(arena, length + 1);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

size_t arena_bytes(const struct arena *arena)
{
    size_t bytes = 0;
    for (const struct arena_block *block = arena->blocks; block; block = block->older)
        bytes += block->capacity_bytes;
    return bytes;
}

void arena_clear(struct arena *arena)
{
    while (arena->blocks && arena->blocks->older) {
        struct arena_block *newest = arena->blocks;
        arena->blocks = newest->older;
        free(newest);
    }
    arena->used_bytes = 0;
}

void arena_free(struct arena *arena)
{
    arena_clear(arena);
    free(arena->blocks);
    *arena = (struct arena){0};
}
