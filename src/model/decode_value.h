/* Decodes single JSON values, in every form that the API has been seen to send. */
#ifndef ROLLCALL_DECODE_VALUE_H
#define ROLLCALL_DECODE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

struct json_object;

/* Reads a whole number that may come as a number or as a string of digits. False if it is anything
   else, or beyond 64 bits. */
bool decode_integer(struct json_object *value, int64_t *number);

enum time_reading {
    TIME_UNREADABLE,
    TIME_READ,
    TIME_READ_FINER, /* it counted milliseconds or microseconds */
};

/* Reads an ISO 8601 text, or a number of seconds since 1970. A number from 10^11 on counts
   milliseconds, one from 10^14 on microseconds; fractions of a second are dropped. Null, "", 0, the
   beginning of 1970 and the year 1 all mean that there is no such time: TIME_NONE. Anything else is
   unreadable, and TIME_NONE too. */
enum time_reading decode_time(struct json_object *value, int64_t *seconds);

/* Reads a boolean that may come as a text or a number; null and "" mean no. False if it is anything
   else. */
bool decode_truth(struct json_object *value, bool *truth);

#endif
