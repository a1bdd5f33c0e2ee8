/* A secret recognised in what others say, in whichever of the usual encodings they say it. Pure. */
#ifndef ROLLCALL_SECRET_FORM_H
#define ROLLCALL_SECRET_FORM_H

#include <stddef.h>

enum { SECRET_BYTES_MIN = 4 }; /* what is shorter is in every text */

/* How many bytes at the beginning of `text` say the secret: as it is, or each character of it as it
   is or encoded as URLs, JSON or HTML do, up to twice. A text that ends within the secret, but not
   in its first few bytes, has been cut off there, and says it as well. 0 if it does not say it. */
size_t secret_form_bytes(const char *text, const char *secret);

#endif
