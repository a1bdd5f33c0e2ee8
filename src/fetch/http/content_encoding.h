/* The ways of packing an answer that can be unpacked. */
#ifndef ROLLCALL_CONTENT_ENCODING_H
#define ROLLCALL_CONTENT_ENCODING_H

#include <stdbool.h>

/* Whether a Content-Encoding header names none but ways that libcurl knows, if it is built with
   all. */
bool content_encoding_is_known(const char *header);

#endif
