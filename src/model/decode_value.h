/* Decodes single JSON values, in every form that the API has been seen to send. */
#ifndef ROLLCALL_DECODE_VALUE_H
#define ROLLCALL_DECODE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

struct json_object;

/* Reads a whole number that may come as a number or as a string of digits. False if it is anything
   else, or beyond 64 bits. */
bool decode_integer(struct json_object *value, int64_t *number);

/* Reads seconds since 1970 or an ISO 8601 text. Null, "" and 0 all mean that there is no such time:
   TIME_NONE. False, and TIME_NONE too, if it is anything else. */
bool decode_time(struct json_object *value, int64_t *seconds);

/* Reads a boolean that may come as a text or a number; null and "" mean no. False if it is anything
   else. */
bool decode_truth(struct json_object *value, bool *truth);

#endif
