#include "fetch/http/content_encoding.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static bool is_known(const char *name, size_t length)
{
    static const char *const known[] = {"identity", "none", "deflate", "gzip",
                                        "x-gzip",   "br",   "zstd"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i]) == length && strncasecmp(name, known[i], length) == 0)
            return true;
    }
    return false;
}

bool content_encoding_is_known(const char *header)
{
    static const char separators[] = ", \t";
    header += strspn(header, separators);
    while (*header) {
        size_t length = strcspn(header, separators);
        if (!is_known(header, length))
            return false;
        header += length;
        header += strspn(header, separators);
    }
    return true;
}
