/* Gives the disk work early, so that who flushes a file at the end waits for less. */
#ifndef ROLLCALL_WRITEBACK_H
#define ROLLCALL_WRITEBACK_H

#include <stddef.h>

enum { WRITEBACK_BYTES = 4 << 20 };

/* {0} begins. */
struct writeback {
    size_t bytes; /* since the disk was given work last */
};

/* So many bytes more have been written to the file. When it is time the disk begins to write them,
   and nobody waits for it; nothing is promised of what is on it. */
void writeback_note(struct writeback *writeback, int file, size_t bytes);

#endif
