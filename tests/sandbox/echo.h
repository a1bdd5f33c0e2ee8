/* Repeats to a client what it has sent, as careless servers do. */
#ifndef SANDBOX_ECHO_H
#define SANDBOX_ECHO_H

#include "base/buffer.h"

#include <microhttpd.h>

/* Appends the text and fills in these variables from the request: {host}; from its basic
   authentication {key}, {secret}, {auth} (both, with a colon) and {basic} (both in base64, as
   received); {empty} (nothing). A percent sign, as in {%secret}, percent-encodes the value. Other
   braces stay. */
void echo_append(struct MHD_Connection *connection, const char *text, struct buffer *out);

#endif
