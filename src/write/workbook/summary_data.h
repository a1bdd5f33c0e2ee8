/* The data of a chart of Summary: names in one column, numbers in the next, right of the printed
   page. */
#ifndef ROLLCALL_SUMMARY_DATA_H
#define ROLLCALL_SUMMARY_DATA_H

#include "write/workbook/summary_grid.h"

enum { DATA_TITLE = SUMMARY_CHARTS, DATA_HEADER, DATA_FIRST }; /* rows */

struct summary_data {
    struct summary *summary;
    enum text_id title;
    enum text_id heading; /* of the names */
    enum text_id figures;
    lxw_col_t column;
    lxw_row_t row;
    int width;
    int64_t largest;
    bool quiet[ACTIVITY_BUCKETS_MAX]; /* groups without a name of their own */
};

struct summary_data summary_data_begin(struct summary *summary, enum text_id title,
                                       enum text_id heading, enum text_id figures);

/* Both add a row; the first is a visitor of tally_each. */
bool summary_data_add_group(void *data, const struct group *group, struct error *error);
void summary_data_add(struct summary_data *data, const char *name, int64_t count);

/* Writes the columns' headers. A chart needs a row of data: without one, it adds a row named
   `nothing`. */
void summary_data_finish(struct summary_data *data, enum text_id nothing);

void summary_data_title(const struct summary_data *data, struct buffer *out);

#endif
