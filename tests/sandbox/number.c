#include "number.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool number_parse(const char *text, uint64_t low, uint64_t high, uint64_t *number,
                  struct error *error)
{
    size_t digits = strspn(text, "0123456789");
    errno = 0;
    unsigned long long value = strtoull(text, NULL, 10);
    if (digits == 0 || text[digits] || errno || value < low || value > high)
        return error_set(error, EXIT_WRONG_USE,
                         "\"%.40s\" is not a number from %" PRIu64 " to %" PRIu64, text, low, high);
    *number = value;
    return true;
}
