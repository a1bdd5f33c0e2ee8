/* How long a server asks its clients to wait. Pure. */
#ifndef ROLLCALL_RETRY_AFTER_H
#define ROLLCALL_RETRY_AFTER_H

#include <stdint.h>

/* Reads the value of a Retry-After header: seconds, perhaps with a fraction, or a date. A date is
   compared with the server's own clock: `server_time`, in seconds since 1970, is the Date header of
   the same answer; 0 if there is none, then with `now`. Returns ms; 0 for nothing, for a time that
   has passed and for what cannot be read; INT64_MAX for more than can be counted. */
int64_t retry_after_ms(const char *value, int64_t server_time, int64_t now);

#endif
