/* What must not be shown: the credentials, and those of a proxy. Servers, proxies and libcurl
   repeat them, and what they say is shown to people. */
#ifndef ROLLCALL_SECRETS_H
#define ROLLCALL_SECRETS_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;

struct secret {
    char *text;
    bool has_before; /* the character before it tells a part of it as well */
    bool has_behind; /* and so does the one behind it */
};

/* {0} is none. */
struct secrets {
    struct secret *items;
    size_t count;
};

/* Adds both, as they are and in base64. What is shorter than SECRET_BYTES_MIN is not hidden. */
void secrets_add(struct secrets *secrets, const char *name, const char *password);

/* Adds user and password of a proxy as the environment has it, be it a URL or not; NULL: none. */
void secrets_add_proxy(struct secrets *secrets, const char *proxy);

/* Adds those that a request's headers hold, wherever libcurl had them from: .netrc is read by it.
 */
void secrets_add_sent(struct secrets *secrets, const char *headers, size_t length);

/* Appends the text with "[hidden]" in the place of every secret. */
void secrets_append_hidden(const struct secrets *secrets, const char *text, struct buffer *out);

/* Overwrites and frees. */
void secrets_free(struct secrets *secrets);

#endif
