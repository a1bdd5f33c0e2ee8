/* Who asks. */
#ifndef SANDBOX_CREDENTIALS_H
#define SANDBOX_CREDENTIALS_H

#include <microhttpd.h>
#include <stdbool.h>

enum credentials {
    CREDENTIALS_RIGHT,
    CREDENTIALS_WRONG,     /* or missing */
    CREDENTIALS_FORBIDDEN, /* a known key that may not read contacts */
};

enum credentials credentials_check(struct MHD_Connection *connection, const char *key,
                                   const char *secret);

/* Whether the request has an Authorization header with any value. */
bool credentials_present(struct MHD_Connection *connection);

#endif
