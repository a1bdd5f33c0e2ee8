/* URLs: where credentials may be sent, and how an address is shown. */
#ifndef ROLLCALL_URL_H
#define ROLLCALL_URL_H

#include "base/error.h"

#include <stdbool.h>

struct buffer;

/* Checks that `url` is one to which credentials may be sent: http or https, no user, query or
   fragment in it, and no plain HTTP to other hosts than this one unless `allow_plain_http`. Fails
   with EXIT_WRONG_USE. */
bool url_check(const char *url, bool allow_plain_http, struct error *error);

/* Whether requests go to this machine itself over plain HTTP. */
bool url_is_plain_loopback(const char *url);

/* Appends the URL as it may be shown, in printable ASCII: without user and password, and with an
   ellipsis in the place of query and fragment, as these hold tokens and what people searched for.
   False, and nothing is appended, if it cannot be read as a URL: then nobody knows what in it is
   secret. */
bool url_append_shown(const char *url, struct buffer *out);

#endif
