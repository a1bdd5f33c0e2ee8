/* Memory that is never NULL. If memory runs out, the program removes its unfinished output
   (base/cleanup.h) and ends with exit code 1. Every buffer here has a ceiling, so this happens only
   on a starved machine. The same holds for libraries (allocator.h). */
#ifndef ROLLCALL_MEMORY_H
#define ROLLCALL_MEMORY_H

#include <stddef.h>

/* Ends the program with exit code 1 and one line. Allocates nothing. Any thread may call it; if
   several do, only the first prints the line. If the outputs are in place already: exit code 0 and
   no line. */
_Noreturn void memory_exhausted(void);

/* The open file to which that line goes while standard error is muted. Initially STDERR_FILENO. */
void memory_tell(int file);

/* Zeroed memory for `count` items of `size` bytes. The caller frees it with free(). */
void *memory_new(size_t count, size_t size);

/* Grows or shrinks; `block` may be NULL. The added bytes are not zeroed. */
void *memory_resize(void *block, size_t count, size_t size);

/* A copy of `text`, or NULL for NULL. */
char *memory_copy_text(const char *text);

/* A copy of `length` bytes with a NUL behind them. */
char *memory_copy_bytes(const char *bytes, size_t length);

/* Text made as printf makes it. */
char *memory_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
