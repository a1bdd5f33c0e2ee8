#include "base/file/writeback.h"

#include <fcntl.h>

void writeback_note(struct writeback *writeback, int file, size_t bytes)
{
    writeback->bytes += bytes;
    if (writeback->bytes < WRITEBACK_BYTES)
        return;
    sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WRITE);
    writeback->bytes = 0;
}
