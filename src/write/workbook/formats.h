/* How the workbook's cells look: one palette, and a format for each use. */
#ifndef ROLLCALL_WORKBOOK_FORMATS_H
#define ROLLCALL_WORKBOOK_FORMATS_H

#include <xlsxwriter.h>

/* Colours, as 0xRRGGBB. */
enum book_colour {
    COLOUR_INK = 0x1F3A5F, /* headings and figures */
    COLOUR_ACCENT = 0x3B73B9,
    COLOUR_ACCENT_PALE = 0x9DBFE3,
    COLOUR_TILE = 0xEEF3F9,
    COLOUR_QUIET = 0xB4BECB, /* bars of groups without a name of their own */
    COLOUR_TEXT_QUIET = 0x5B6777,
    COLOUR_RULE = 0xD5DCE5,
    COLOUR_HEAT_LOW = 0xFFFFFF,
    COLOUR_HEAT_MIDDLE = 0xD3E3F4,
    COLOUR_HEAT_HIGH = 0x7FB0E0,
    COLOUR_GOOD = 0x2E6B3A,
    COLOUR_ALARM = 0xB3261E,
    COLOUR_WHITE = 0xFFFFFF,
};

enum book_format {
    FORMAT_PLAIN,
    FORMAT_TEXT,
    FORMAT_COUNT,
    FORMAT_SHARE,
    FORMAT_TIME,
    FORMAT_TRUTH,
    FORMAT_HEADER,
    FORMAT_HEADER_FIGURE, /* aligned like the figures below it */
    FORMAT_SUM_TEXT,
    FORMAT_SUM_COUNT,
    FORMAT_SUM_SHARE,
    FORMAT_NOTE,
    FORMAT_WARNING,

    /* of Summary */
    FORMAT_TITLE,
    FORMAT_SUBTITLE,
    FORMAT_SOURCE, /* at the right edge */
    FORMAT_COMPLETE,
    FORMAT_BANNER,
    FORMAT_SECTION,
    FORMAT_TILE_LABEL,
    FORMAT_TILE_COUNT,
    FORMAT_TILE_SHARE,
    FORMAT_HEAT_HEADER,
    FORMAT_HEAT_CORNER,
    FORMAT_HEAT_NAME,
    FORMAT_HEAT_COUNT,
    FORMAT_HEAT_TOTAL,
    FORMAT_HEAT_SUM_NAME,
    FORMAT_HEAT_SUM,
    FORMAT_DATA_TITLE, /* what the charts are drawn from, right of the printed page */
    FORMAT_DATA_HEADER,
    FORMAT_DATA_HEADER_FIGURE,
    FORMAT_DATA_TEXT,
    FORMAT_DATA_COUNT,

    /* of About */
    FORMAT_LABEL,
    FORMAT_FACT,
    FORMAT_FACT_COUNT,
    FORMAT_FACT_TIME,
    FORMATS,
};

/* The library owns them. */
void formats_make(lxw_workbook *lxw, lxw_format *formats[static FORMATS]);

#endif
