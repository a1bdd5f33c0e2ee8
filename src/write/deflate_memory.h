/* zlib's memory, which never runs out: memory.h sees to that. */
#ifndef ROLLCALL_DEFLATE_MEMORY_H
#define ROLLCALL_DEFLATE_MEMORY_H

void *deflate_allocate(void *nothing, unsigned count, unsigned size);
void deflate_release(void *nothing, void *block);

#endif
