/* What is wrong with a snapshot, in words. */
#ifndef ROLLCALL_FINDINGS_H
#define ROLLCALL_FINDINGS_H

#include <stddef.h>

enum { FINDINGS_MAX = 3, FINDING_BYTES = 1024 };

struct findings {
    char texts[FINDINGS_MAX][FINDING_BYTES];
    size_t count;
};

#endif
