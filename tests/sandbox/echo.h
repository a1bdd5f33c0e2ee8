/* Gives back to a client what it has sent, as careless servers do. */
#ifndef SANDBOX_ECHO_H
#define SANDBOX_ECHO_H

#include "base/buffer.h"

#include <microhttpd.h>

/* Appends the text with these variables filled in from the request: {host}; of its basic
   authentication {key}, {secret}, {auth} (both, with a colon) and {basic} (both in base64, as they
   came); {empty} (nothing). With a percent sign, as in {%secret}, percent-encoded. Other braces
   stay. */
void echo_append(struct MHD_Connection *connection, const char *text, struct buffer *out);

#endif
