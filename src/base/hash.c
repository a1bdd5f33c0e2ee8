#include "base/hash.h"

#include <string.h>

uint64_t hash_bytes(uint64_t so_far, const char *bytes, size_t length)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = so_far;
    while (length > 0) {
        uint64_t eight = 0;
        size_t taken = length < sizeof eight ? length : sizeof eight;
        memcpy(&eight, bytes, taken);
        hash = (hash ^ eight) * odd;
        hash ^= hash >> 32;
        bytes += taken;
        length -= taken;
    }
    return hash;
}
