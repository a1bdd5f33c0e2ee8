#include "model/json_quoted.h"

#include <string.h>

size_t json_quoted_bytes(const char *json, size_t bytes)
{
    const char *end = json;
    size_t backslashes;
    do {
        size_t left = bytes - (size_t)(end + 1 - json);
        end = memchr(end + 1, '"', left);
        if (!end)
            return bytes;
        backslashes = 0;
        while (end[-1 - (ptrdiff_t)backslashes] == '\\')
            backslashes++;
    } while (backslashes % 2 == 1);
    return (size_t)(end - json) + 1;
}
