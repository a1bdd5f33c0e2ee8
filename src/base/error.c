#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *error, enum exit_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    error->code = code;
    error->hint[0] = '\0';
    return false;
}

bool error_hint(struct error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->hint, sizeof error->hint, format, arguments);
    va_end(arguments);
    return false;
}

bool error_at(struct error *error, const char *format, ...)
{
    char place[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(place, sizeof place, format, arguments);
    va_end(arguments);

    /* A long place leaves less room for the reason: both are cut, never overrun. */
    size_t used = strlen(place);
    int room = (int)(sizeof place - used) - 3;
    if (room > 0)
        snprintf(place + used, sizeof place - used, ": %.*s", room, error->message);
    memcpy(error->message, place, sizeof place);
    return false;
}
