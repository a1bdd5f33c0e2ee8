/* Starts writing to the disk early, so that the flush at the end is quicker. */
#ifndef ROLLCALL_WRITEBACK_H
#define ROLLCALL_WRITEBACK_H

#include <stddef.h>

enum { WRITEBACK_BYTES = 4 << 20 };

/* {0} begins. */
struct writeback {
    size_t bytes; /* since the last write to the disk was started */
};

/* Says that so many more bytes have been written to the file. From time to time it makes the disk
   begin to write, without waiting. It guarantees nothing about what is on the disk. */
void writeback_note(struct writeback *writeback, int file, size_t bytes);

#endif
