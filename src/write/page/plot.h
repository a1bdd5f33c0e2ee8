/* Where the shapes of a chart stand: functions of numbers, without a word of SVG. */
#ifndef ROLLCALL_PLOT_H
#define ROLLCALL_PLOT_H

#include <stddef.h>
#include <stdint.h>

/* A plot is so many units wide and high, whatever size it is shown at; they count from the left and
   from the top. No count is larger than PLOT_COUNT_MAX. */
enum { PLOT_SIZE = 1000 };
#define PLOT_COUNT_MAX INT64_C(1000000000000000000)

/* An axis from 0 to `top`, marked at every `step`: 1, 2 or 5 with zeros. */
struct plot_axis {
    int64_t top;
    int64_t step;
    int steps; /* 1 to 4 */
};

struct plot_axis plot_axis(int64_t highest);

/* The part of the plot's size that a count takes: 0 for 0 only, all of it at `top` and above. */
int plot_length(int64_t count, int64_t top);

struct plot_column {
    int x, y, width, height;
};

/* One of so many columns, which share the width evenly, with gaps in between. */
struct plot_column plot_column(size_t index, size_t columns, int64_t count, int64_t top);

struct plot_point {
    int x, y;
};

/* One of so many points: the first stands at the left end, the last at the right. */
struct plot_point plot_point(size_t index, size_t points, int64_t count, int64_t top);

enum { PLOT_SHADES = 6 };

/* How dark a cell is, from 0, for 0 only, to PLOT_SHADES - 1, for the highest. */
int plot_shade(int64_t count, int64_t highest);

#endif
