/* Numbers as plain decimal digits, without what printf has to look at. */
#ifndef ROLLCALL_DIGITS_H
#define ROLLCALL_DIGITS_H

#include <stdint.h>

enum { DIGITS_MAX = 20 }; /* of any number */

/* Writes the number, without a NUL, where there is room for it. Returns where it ends. */
char *digits_put(char *at, uint64_t number);

#endif
