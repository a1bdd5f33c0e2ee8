/* libcurl's memory, which is overwritten before it is freed: the credentials are in what it sends.
   What the libraries below it keep for TLS and HTTP/2 is theirs. */
#ifndef ROLLCALL_CURL_MEMORY_H
#define ROLLCALL_CURL_MEMORY_H

#include <stdbool.h>

/* In the place of curl_global_init. */
bool curl_memory_init(void);

#endif
