/* The sheet Summary as the files that write its parts see it.

   The sheet is a grid of equal columns, seven tiles wide. Below the tiles come three charts side by
   side, then the weeks (three tiles wide) beside the countries by activity (four tiles wide). The
   charts' data stands right of the grid, outside the printed page. */
#ifndef ROLLCALL_SUMMARY_GRID_H
#define ROLLCALL_SUMMARY_GRID_H

#include "write/workbook/sheet.h"

enum {
    SUMMARY_TILES = 7,
    SUMMARY_TOP = 10,   /* countries and inboxes before the others */
    SUMMARY_THIRDS = 3, /* places of charts, side by side */
    SUMMARY_CHART_ROWS = 15,
};

enum summary_row {
    SUMMARY_TITLE,
    SUMMARY_AS_OF,
    SUMMARY_LEDGER,
    SUMMARY_EMPTY, /* a gap, unless there is nothing to report */
    SUMMARY_TILE_LABEL,
    SUMMARY_TILE_COUNT,
    SUMMARY_TILE_SHARE,
    SUMMARY_GAP,
    SUMMARY_CHARTS,
    SUMMARY_SECOND_GAP = SUMMARY_CHARTS + SUMMARY_CHART_ROWS,
    SUMMARY_HEAT_TITLE,
    SUMMARY_HEAT_HEADER,
    SUMMARY_HEAT,
    SUMMARY_HEAT_SUM = SUMMARY_HEAT + SUMMARY_TOP + 1,
    SUMMARY_NOTES,
};

/* Heights of these rows, in pixels. */
enum {
    SUMMARY_CHART_ROW_PX = 25,
    SUMMARY_HEAT_TITLE_PX = 26,
    SUMMARY_HEAT_HEADER_PX = 38,
    SUMMARY_HEAT_PX = 24,
};

struct summary {
    struct book *book;
    lxw_worksheet *sheet;
    const char *sheet_name;
    size_t buckets;
    int tile_columns;
    int column_px;
    lxw_col_t data_column; /* where the next chart's data will stand */
};

static inline lxw_col_t summary_columns(const struct summary *summary)
{
    return (lxw_col_t)(SUMMARY_TILES * summary->tile_columns);
}

#endif
