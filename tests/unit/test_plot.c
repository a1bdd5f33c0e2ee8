/* Where shapes stand, by tables. */
#include "write/page/plot.h"

#include "support.h"

struct axis_case {
    int64_t highest, top, step;
    int steps;
};

static const struct axis_case axis_cases[] = {
    {0, 1, 1, 1},
    {1, 1, 1, 1},
    {2, 2, 1, 2},
    {4, 4, 1, 4},
    {5, 6, 2, 3},
    {8, 8, 2, 4},
    {9, 10, 5, 2},
    {20, 20, 5, 4},
    {21, 30, 10, 3},
    {41, 60, 20, 3},
    {999, 1000, 500, 2},
    {1000, 1000, 500, 2},
    {84211, 100000, 50000, 2},
    {PLOT_COUNT_MAX, PLOT_COUNT_MAX, PLOT_COUNT_MAX / 2, 2},
};

static void test_axis(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(axis_cases); i++) {
        const struct axis_case *c = &axis_cases[i];
        struct plot_axis axis = plot_axis(c->highest);
        if (axis.top != c->top || axis.step != c->step || axis.steps != c->steps)
            fail_msg("%lld: %lld by %lld in %d", (long long)c->highest, (long long)axis.top,
                     (long long)axis.step, axis.steps);
    }
}

/* The axis reaches the highest count, in at most four steps and not by a step too many. */
static void test_axis_fits(void **state)
{
    (void)state;
    for (int64_t highest = 1; highest < 200000; highest += highest / 50 + 1) {
        struct plot_axis axis = plot_axis(highest);
        assert_true(axis.top >= highest && axis.top - axis.step < highest);
        assert_in_range(axis.steps, 1, 4);
    }
}

struct length_case {
    int64_t count, top;
    int length, shade;
};

static const struct length_case length_cases[] = {
    {0, 0, 0, 0},      {0, 10, 0, 0},
    {-1, 10, 0, 0},    {1, 1000000, 1, 1}, /* what is there is seen */
    {1, 10, 100, 1},   {2, 10, 200, 1},
    {3, 10, 300, 2},   {5, 10, 500, 3},
    {10, 10, 1000, 5}, {9, 10, 900, 5},
    {11, 10, 1000, 5}, {PLOT_COUNT_MAX / 2, PLOT_COUNT_MAX, 500, 3},
};

static void test_length_and_shade(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(length_cases); i++) {
        const struct length_case *c = &length_cases[i];
        assert_int_equal(plot_length(c->count, c->top), c->length);
        assert_int_equal(plot_shade(c->count, c->top), c->shade);
    }
}

struct column_case {
    size_t index, columns;
    int64_t count;
    struct plot_column column;
};

static const struct column_case column_cases[] = {
    {0, 1, 10, {125, 0, 750, 1000}}, {0, 1, 0, {125, 1000, 750, 0}},
    {0, 8, 5, {15, 500, 95, 500}},   {1, 8, 1, {140, 900, 95, 100}},
    {7, 8, 10, {890, 0, 95, 1000}},  {0, 3, 10, {41, 0, 251, 1000}},
    {2, 3, 10, {707, 0, 252, 1000}}, {21, 22, 10, {959, 0, 36, 1000}},
};

static void test_columns(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(column_cases); i++) {
        const struct column_case *c = &column_cases[i];
        struct plot_column column = plot_column(c->index, c->columns, c->count, 10);
        if (column.x != c->column.x || column.y != c->column.y || column.width != c->column.width ||
            column.height != c->column.height)
            fail_msg("%zu of %zu: %d %d %d %d", c->index, c->columns, column.x, column.y,
                     column.width, column.height);
    }
}

/* They stand in order, apart, and inside the plot. */
static void test_columns_fit(void **state)
{
    (void)state;
    for (size_t columns = 1; columns <= 40; columns++) {
        int free_from = 0;
        for (size_t i = 0; i < columns; i++) {
            struct plot_column column = plot_column(i, columns, 1, 1);
            assert_true(column.x >= free_from && column.width > 0);
            free_from = column.x + column.width;
        }
        assert_true(free_from <= PLOT_SIZE);
    }
}

struct point_case {
    size_t index, points;
    int64_t count;
    struct plot_point point;
};

static const struct point_case point_cases[] = {
    {0, 1, 10, {0, 0}},    {0, 26, 0, {0, 1000}}, {25, 26, 10, {1000, 0}},
    {1, 26, 5, {40, 500}}, {1, 3, 1, {500, 900}},
};

static void test_points(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(point_cases); i++) {
        const struct point_case *c = &point_cases[i];
        struct plot_point point = plot_point(c->index, c->points, c->count, 10);
        assert_int_equal(point.x, c->point.x);
        assert_int_equal(point.y, c->point.y);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_axis),
        cmocka_unit_test(test_axis_fits),
        cmocka_unit_test(test_length_and_shade),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_columns_fit),
        cmocka_unit_test(test_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
