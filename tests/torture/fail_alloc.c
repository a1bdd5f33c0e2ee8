/* Makes one allocation fail, to see how a program ends. Preloaded into a program whose allocator
   stands on the C library's (allocator_libc.c), and told what to do by the environment:

   - FAIL_ALLOC: which allocation fails, counted from 1; none, if it is not set.
   - FAIL_ALLOC_COUNT: a file that gets the number of all allocations when the program ends.
*/
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *block, size_t bytes);
void *__libc_memalign(size_t alignment, size_t bytes);

/* The function of this name that would be called without us. */
#define NEXT(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static atomic_long calls;

static bool fails(void)
{
    static atomic_long chosen = -1;
    if (chosen < 0) {
        const char *text = getenv("FAIL_ALLOC");
        chosen = text ? atol(text) : 0;
    }
    if (atomic_fetch_add(&calls, 1) + 1 != chosen)
        return false;
    errno = ENOMEM;
    return true;
}

void *__libc_malloc(size_t bytes)
{
    return fails() ? NULL : NEXT(__libc_malloc)(bytes);
}

void *__libc_calloc(size_t count, size_t bytes)
{
    return fails() ? NULL : NEXT(__libc_calloc)(count, bytes);
}

void *__libc_realloc(void *block, size_t bytes)
{
    if (block && bytes == 0)
        return NEXT(__libc_realloc)(block, bytes); /* frees it */
    return fails() ? NULL : NEXT(__libc_realloc)(block, bytes);
}

void *__libc_memalign(size_t alignment, size_t bytes)
{
    return fails() ? NULL : NEXT(__libc_memalign)(alignment, bytes);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FAIL_ALLOC_COUNT");
    FILE *file = path ? fopen(path, "we") : NULL;
    if (!file)
        return;
    fprintf(file, "%ld\n", atomic_load(&calls));
    fclose(file);
}
