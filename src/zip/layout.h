/* The fixed parts of a ZIP archive (PKWARE's APPNOTE): their signatures and lengths. */
#ifndef ROLLCALL_ZIP_LAYOUT_H
#define ROLLCALL_ZIP_LAYOUT_H

#include <stdint.h>

static const uint32_t zip_local_signature = 0x04034B50;
static const uint32_t zip_central_signature = 0x02014B50;
static const uint32_t zip_end_signature = 0x06054B50;

enum {
    ZIP_LOCAL_BYTES = 30,
    ZIP_CENTRAL_BYTES = 46,
    ZIP_END_BYTES = 22,
    ZIP_FLAG_ENCRYPTED = 1 << 0,
    ZIP_FLAG_LENGTHS_BEHIND = 1 << 3,
};

/* The value that says: the true number is in a ZIP64 field. */
static const uint16_t zip_elsewhere_16 = UINT16_MAX;
static const uint32_t zip_elsewhere_32 = UINT32_MAX;

#endif
