#include "credentials.h"

#include <stddef.h>
#include <string.h>

static const char forbidden_key[] = "forbidden-key";
static const char forbidden_secret[] = "sandbox-secret";

bool credentials_present(struct MHD_Connection *connection)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                       MHD_HTTP_HEADER_AUTHORIZATION) != NULL;
}

enum credentials credentials_check(struct MHD_Connection *connection, const char *key,
                                   const char *secret)
{
    char *password = NULL;
    char *name = MHD_basic_auth_get_username_password(connection, &password);
    enum credentials result = CREDENTIALS_WRONG;
    if (name && password) {
        if (strcmp(name, key) == 0 && strcmp(password, secret) == 0)
            result = CREDENTIALS_RIGHT;
        else if (strcmp(name, forbidden_key) == 0 && strcmp(password, forbidden_secret) == 0)
            result = CREDENTIALS_FORBIDDEN;
    }
    MHD_free(name);
    MHD_free(password);
    return result;
}
