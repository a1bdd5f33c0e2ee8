/* Memory that is never NULL. Running out ends the program with exit code 1, after the unfinished
   output is removed (base/cleanup.h): every buffer here has a ceiling, so only a starved machine
   comes to that. Libraries come to the same end (allocator.h). */
#ifndef ROLLCALL_MEMORY_H
#define ROLLCALL_MEMORY_H

#include <stddef.h>

/* Ends the program with exit code 1 and one line. Allocates nothing; any thread may call it, and
   where several do, the first one speaks. Exit code 0 and no line where the outputs stand already.
 */
_Noreturn void memory_exhausted(void);

/* Where that line goes while standard error is muted: an open file. STDERR_FILENO at first. */
void memory_tell(int file);

/* Zeroed memory for `count` items of `size` bytes. The caller frees it with free(). */
void *memory_new(size_t count, size_t size);

/* Grows or shrinks; `block` may be NULL. What is added is not zeroed. */
void *memory_resize(void *block, size_t count, size_t size);

/* A copy of `text`, or NULL for NULL. */
char *memory_copy_text(const char *text);

/* A copy of `length` bytes with a NUL behind them. */
char *memory_copy_bytes(const char *bytes, size_t length);

/* Text made as printf makes it. */
char *memory_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
