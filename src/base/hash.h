/* Hashes of bytes. They rarely collide by chance, but an attacker can make them collide. */
#ifndef ROLLCALL_HASH_H
#define ROLLCALL_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Continues the hash `so_far` with more bytes. The hash of no bytes is 0. */
uint64_t hash_bytes(uint64_t so_far, const char *bytes, size_t length);

#endif
