/* Computes where the shapes of a chart stand, without any SVG. Pure. */
#ifndef ROLLCALL_PLOT_H
#define ROLLCALL_PLOT_H

#include <stddef.h>
#include <stdint.h>

/* A plot is PLOT_SIZE units wide and high, at any size on the screen. Units count from the left and
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

/* A count's length in units: 0 only for 0, PLOT_SIZE at `top` and above. */
int plot_length(int64_t count, int64_t top);

struct plot_column {
    int x, y, width, height;
};

/* Column `index` of `columns`, which share the width evenly, with gaps between them. */
struct plot_column plot_column(size_t index, size_t columns, int64_t count, int64_t top);

struct plot_point {
    int x, y;
};

/* Point `index` of `points`: the first is at the left end, the last at the right end. */
struct plot_point plot_point(size_t index, size_t points, int64_t count, int64_t top);

enum { PLOT_SHADES = 6 };

/* How dark a cell is: from 0, only for 0, to PLOT_SHADES - 1, for the highest. */
int plot_shade(int64_t count, int64_t highest);

#endif
