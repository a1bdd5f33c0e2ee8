/* The API key and secret: found, held and forgotten. They never leave this struct but for the
 * transfer. */
#ifndef ROLLCALL_CREDENTIALS_H
#define ROLLCALL_CREDENTIALS_H

#include "base/error.h"

#include <stdbool.h>

struct credentials {
    char *key;          /* NULL: curl is to look in .netrc */
    char *secret;       /* likewise */
    const char *origin; /* where they came from, for people: "the environment" */
};

/* Looks in this order: the command (run by the shell; NULL: none), the file (NULL: none),
   ROLLCALL_API_KEY and ROLLCALL_API_SECRET, ~/.netrc. The first two hold or print {"api_key": …,
   "api_secret": …}; the command may print them as two lines instead. Fails with EXIT_UNAUTHORISED
   if there are none or they cannot be used. */
bool credentials_find(struct credentials *credentials, const char *command, const char *file,
                      struct error *error);

/* A text that tells whether credentials are of the same account, and from which nobody can get back
   to them: a salted hash of the API key or, with .netrc, of what that file holds. NULL if there is
   none. The caller frees it. */
char *credentials_fingerprint(const struct credentials *credentials);

/* Whether the fingerprint is of these credentials. */
bool credentials_match(const struct credentials *credentials, const char *fingerprint);

/* Overwrites and frees. */
void credentials_forget(struct credentials *credentials);

#endif
