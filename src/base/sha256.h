/* SHA-256 (FIPS 180-4), from OpenSSL's libcrypto. */
#ifndef ROLLCALL_SHA256_H
#define ROLLCALL_SHA256_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { SHA256_HEX_BYTES = 65 }; /* 64 lower-case hexadecimal digits and a NUL */

struct sha256;

/* Begins a sum. Each needs one call of sha256_end. */
struct sha256 *sha256_begin(void);

/* sha256_end reports a failure. */
void sha256_add(struct sha256 *sum, const void *bytes, size_t length);

/* Writes the sum and frees it. Fails with EXIT_UNEXPECTED if libcrypto offers no SHA-256. */
bool sha256_end(struct sha256 *sum, char hex[static SHA256_HEX_BYTES], struct error *error);

#endif
