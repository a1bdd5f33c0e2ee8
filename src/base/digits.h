/* Numbers as plain decimal digits, quicker than printf. */
#ifndef ROLLCALL_DIGITS_H
#define ROLLCALL_DIGITS_H

#include <stdint.h>

enum { DIGITS_MAX = 20 }; /* of any number */

/* Writes the number without a NUL; the caller provides the room. Returns where the number ends. */
char *digits_put(char *at, uint64_t number);

#endif
