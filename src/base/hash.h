/* Numbers that different bytes hardly share. They are no defence against bytes that are made to. */
#ifndef ROLLCALL_HASH_H
#define ROLLCALL_HASH_H

#include <stddef.h>
#include <stdint.h>

/* The number of the bytes behind those whose number is `so_far`; that of none is 0. */
uint64_t hash_bytes(uint64_t so_far, const char *bytes, size_t length);

#endif
