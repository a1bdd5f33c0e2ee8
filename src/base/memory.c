#include "base/memory.h"

#include "base/cleanup.h"
#include "base/error.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_int told = STDERR_FILENO;

void memory_tell(int file)
{
    atomic_store(&told, file);
}

_Noreturn void memory_exhausted(void)
{
    static const char message[] = "rollcall: out of memory\n";
    cleanup_last();
    if (cleanup_is_finished())
        _exit(EXIT_DONE);
    if (write(atomic_load(&told), message, sizeof message - 1) < 0) {
        /* Nobody is left to tell. */
    }
    _exit(EXIT_UNEXPECTED);
}

void *memory_new(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);
    if (!block)
        memory_exhausted();
    return block;
}

void *memory_resize(void *block, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        memory_exhausted();
    size_t bytes = count * size;
    void *resized = realloc(block, bytes ? bytes : 1);
    if (!resized)
        memory_exhausted();
    return resized;
}

char *memory_copy_text(const char *text)
{
    return text ? memory_copy_bytes(text, strlen(text)) : NULL;
}

char *memory_copy_bytes(const char *bytes, size_t length)
{
    char *copy = memory_new(length + 1, 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

/* vasprintf would leave copies of the text elsewhere in memory, and the text may be a secret. */
char *memory_print(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        memory_exhausted();

    char *text = memory_new((size_t)length + 1, 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}
