#include "base/digits.h"

#include <stddef.h>
#include <string.h>

char *digits_put(char *at, uint64_t number)
{
    char digits[DIGITS_MAX];
    size_t first = DIGITS_MAX;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    memcpy(at, digits + first, DIGITS_MAX - first);
    return at + (DIGITS_MAX - first);
}
