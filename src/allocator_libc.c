/* The C library's allocator, whose failure ends the program. These functions replace the C
   library's own for every linked library; free and the rest stay unchanged. */
#include "allocator.h"

#include "base/memory.h"

#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *block, size_t bytes);
void *__libc_memalign(size_t alignment, size_t bytes);

static void *granted(void *block, size_t bytes)
{
    if (!block && bytes > 0 && bytes <= PTRDIFF_MAX)
        memory_exhausted();
    return block;
}

void *malloc(size_t bytes)
{
    return granted(__libc_malloc(bytes), bytes);
}

void *calloc(size_t count, size_t bytes)
{
    void *block = __libc_calloc(count, bytes);
    size_t total;
    return __builtin_mul_overflow(count, bytes, &total) ? block : granted(block, total);
}

/* For 0 bytes realloc frees and returns NULL, which is no failure. */
void *realloc(void *block, size_t bytes)
{
    return granted(__libc_realloc(block, bytes), bytes);
}

static bool is_alignment(size_t alignment)
{
    return alignment > 0 && (alignment & (alignment - 1)) == 0;
}

void *memalign(size_t alignment, size_t bytes)
{
    return granted(__libc_memalign(alignment, bytes), bytes);
}

void *aligned_alloc(size_t alignment, size_t bytes)
{
    return memalign(alignment, bytes);
}

int posix_memalign(void **block, size_t alignment, size_t bytes)
{
    if (!is_alignment(alignment) || alignment % sizeof(void *) != 0)
        return EINVAL;
    void *made = memalign(alignment, bytes);
    if (!made)
        return ENOMEM;
    *block = made;
    return 0;
}

void allocator_install(void)
{
}
