/* What a chart of Summary is drawn from: names in one column, numbers in the next, beside the page.
 */
#ifndef ROLLCALL_WORKBOOK_CHART_DATA_H
#define ROLLCALL_WORKBOOK_CHART_DATA_H

#include "write/workbook/summary.h"

enum { DATA_TITLE = SUMMARY_CHARTS, DATA_HEADER, DATA_FIRST }; /* rows */

struct chart_data {
    struct summary *summary;
    enum text_id title;
    enum text_id heading; /* of the names */
    enum text_id figures;
    lxw_col_t column;
    lxw_row_t row;
    int width;
    int64_t largest;
    bool quiet[ACTIVITY_BUCKETS_MAX]; /* groups that have no name of their own */
};

struct chart_data chart_data_begin(struct summary *summary, enum text_id title,
                                   enum text_id heading, enum text_id figures);

/* Both add a row; the first is a visitor of tally_each. */
bool chart_data_add_group(void *data, const struct group *group, struct error *error);
void chart_data_add(struct chart_data *data, const char *name, int64_t count);

/* Heads the columns. A chart needs a row of data: where there is none, it says so. */
void chart_data_finish(struct chart_data *data, enum text_id nothing);

void chart_data_title(const struct chart_data *data, struct buffer *out);

#endif
