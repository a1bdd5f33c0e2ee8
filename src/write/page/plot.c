#include "write/page/plot.h"

static int64_t rounded_up(int64_t dividend, int64_t divisor)
{
    return dividend / divisor + (dividend % divisor != 0);
}

struct plot_axis plot_axis(int64_t highest)
{
    enum { STEPS_MAX = 4 };
    int64_t needed = rounded_up(highest, STEPS_MAX);
    int64_t power = 1;
    while (power * 5 < needed)
        power *= 10;
    int64_t step = needed <= power ? power : needed <= power * 2 ? power * 2 : power * 5;
    int64_t steps = highest > 0 ? rounded_up(highest, step) : 1;
    return (struct plot_axis){.top = step * steps, .step = step, .steps = (int)steps};
}

int plot_length(int64_t count, int64_t top)
{
    if (count <= 0)
        return 0;
    if (count >= top)
        return PLOT_SIZE;
    int length = (int)((double)count / (double)top * PLOT_SIZE + 0.5);
    return length > 0 ? length : 1;
}

struct plot_column plot_column(size_t index, size_t columns, int64_t count, int64_t top)
{
    int left = (int)(index * PLOT_SIZE / columns);
    int right = (int)((index + 1) * PLOT_SIZE / columns);
    int gap = (right - left) / 8; /* on either side */
    int height = plot_length(count, top);
    return (struct plot_column){
        .x = left + gap,
        .y = PLOT_SIZE - height,
        .width = right - left - 2 * gap,
        .height = height,
    };
}

struct plot_point plot_point(size_t index, size_t points, int64_t count, int64_t top)
{
    size_t intervals = points > 1 ? points - 1 : 1;
    return (struct plot_point){
        .x = (int)(index * PLOT_SIZE / intervals),
        .y = PLOT_SIZE - plot_length(count, top),
    };
}

int plot_shade(int64_t count, int64_t highest)
{
    int length = plot_length(count, highest);
    return length == 0 ? 0 : 1 + (length - 1) * (PLOT_SHADES - 1) / PLOT_SIZE;
}
