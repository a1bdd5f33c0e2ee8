/* The line of progress, by a table and in every width. */
#include "terminal/progress.h"

#include "base/buffer.h"
#include "model/ledger.h"
#include "support.h"

#include <string.h>

struct line_case {
    struct fetch_progress progress;
    int columns;
    bool has_blocks;
    const char *expected;
};

#define HALF_WAY                                                                                   \
    {                                                                                              \
        .pass = 1, .contacts = 42000, .expected = 100000, .pass_ms = 34036, .elapsed_ms = 34036    \
    }

static const struct line_case line_cases[] = {
    {HALF_WAY, 79, true,
     "fetch [████······]   42 %   42,000 of 100,000 contacts  1,233/s  0:48 left"},
    {HALF_WAY, 79, false,
     "fetch [####......]   42 %   42,000 of 100,000 contacts  1,233/s  0:48 left"},
    {HALF_WAY, 90, true,
     "fetch [████████············]   42 %   42,000 of 100,000 contacts  1,233/s  0:48 left"},
    {HALF_WAY, 70, true, "fetch [████······]   42 %   42,000 of 100,000 contacts  0:48 left"},
    {HALF_WAY, 60, true, "fetch   42 %   42,000 of 100,000 contacts  0:48 left"},
    {HALF_WAY, 45, true, "fetch   42 %   42,000 of 100,000 contacts"},
    {HALF_WAY, 35, true, "fetch   42,000 of 100,000 contacts"},
    {HALF_WAY, 30, true, " 42,000 of 100,000 contacts"},
    {HALF_WAY, 7, true, " 42,000"},
    {HALF_WAY, 0, true, ""},
    {HALF_WAY, -1, true, ""},
    /* the first moments */
    {{.pass = 1, .expected = COUNT_UNKNOWN, .pass_ms = 200}, 79, true, "fetch  0 contacts"},
    {{.pass = 1, .contacts = 15, .expected = 20, .pass_ms = 0},
     79,
     true,
     "fetch [███████···]   75 %  15 of 20 contacts"},
    {{.pass = 1, .contacts = 15, .expected = 0, .pass_ms = 1000},
     79,
     true,
     "fetch  15 contacts  15/s"},
    /* a server that does not count */
    {{.pass = 1, .contacts = 4500, .expected = COUNT_UNKNOWN, .pass_ms = 1500},
     79,
     true,
     "fetch  4,500 contacts  3,000/s"},
    /* a further pass; one that an earlier run had begun, whose contacts are not of this one's rate
     */
    {{.pass = 2, .contacts = 10, .expected = 100, .pass_ms = 1000, .elapsed_ms = 60000},
     79,
     true,
     "fetch, pass 2 [█·········]   10 %   10 of 100 contacts  10/s  0:10 left"},
    {{.pass = 1, .contacts = 60, .contacts_before = 50, .expected = 100, .pass_ms = 1000},
     79,
     true,
     "fetch [██████····]   60 %   60 of 100 contacts  10/s  0:05 left"},
    /* before a further pass; no pass was read in this run */
    {{.pass = 1, .contacts = 100, .expected = 100, .pass_ms = 9000, .wait_ms = 1001},
     79,
     true,
     "fetch [██████████]  100 %  100 of 100 contacts  next pass in 2 s"},
    {{.pass = 0, .expected = COUNT_UNKNOWN, .wait_ms = 3000}, 79, true, "fetch  next pass in 3 s"},
    /* the server makes it wait */
    {{.pass = 1,
      .contacts = 42000,
      .expected = 100000,
      .pass_ms = 34036,
      .hold = {.ms = 21500, .is_asked = true, .status = 429}},
     140,
     true,
     "fetch [████████████··················]   42 %   42,000 of 100,000 contacts  1,233/s  1:09 "
     "left  waiting "
     "22 s: the server asked for it (429)"},
    {{.pass = 1,
      .contacts = 42000,
      .expected = 100000,
      .pass_ms = 34036,
      .hold = {.ms = 8000, .status = 502}},
     100,
     true,
     "fetch   42 %   42,000 of 100,000 contacts  0:56 left  waiting 8 s: the server does not "
     "answer (502)"},
    {{.pass = 1, .expected = COUNT_UNKNOWN, .hold = {.ms = 4000}},
     79,
     true,
     "fetch  0 contacts  waiting 4 s: the server does not answer"},
    {{.pass = 1, .expected = COUNT_UNKNOWN, .hold = {.ms = 4000, .status = 500}},
     79,
     true,
     "fetch  0 contacts  waiting 4 s: the server fails (500)"},
    {{.pass = 1, .expected = COUNT_UNKNOWN, .hold = {.ms = 4000, .status = 500}},
     30,
     true,
     "0 contacts"},
    /* long ones */
    {{.pass = 1, .contacts = 1, .expected = 7201, .pass_ms = 1000},
     79,
     true,
     "fetch [··········]    0 %      1 of 7,201 contacts  1/s  2:00:01 left"},
    {{.pass = 1, .contacts = 1, .expected = 10000000, .pass_ms = 1000},
     79,
     true,
     "fetch [··········]    0 %           1 of 10,000,000 contacts  1/s"},
    {{.pass = 1, .contacts = 999, .expected = 1000, .pass_ms = 999000},
     79,
     true,
     "fetch [█████████·]   99 %    999 of 1,000 contacts  1/s  0:02 left"},
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(line_cases); i++) {
        const struct line_case *c = &line_cases[i];
        struct buffer line = {0};
        terminal_progress_line(&c->progress, c->columns, c->has_blocks, &line);
        assert_string_equal(buffer_text(&line), c->expected);
        buffer_free(&line);
    }
}

/* However narrow the terminal and large the numbers. */
static void test_every_width(void **state)
{
    (void)state;
    const struct fetch_progress largest = {
        .pass = INT32_MAX,
        .contacts = INT64_MAX - 1,
        .expected = INT64_MAX,
        .pass_ms = 1,
        .elapsed_ms = INT64_MAX,
    };
    const struct fetch_progress waiting = {.pass = 3,
                                           .contacts = 7,
                                           .expected = 9,
                                           .wait_ms = 2000,
                                           .hold = {INT64_MAX - 999, true, INT32_MAX}};
    for (int columns = -1; columns < 200; columns++) {
        struct buffer line = {0};
        terminal_progress_line(&largest, columns, false, &line);
        assert_true((int)line.length <= (columns > 0 ? columns : 0));
        buffer_clear(&line);
        terminal_progress_line(&waiting, columns, false, &line);
        assert_true((int)line.length <= (columns > 0 ? columns : 0));
        buffer_free(&line);
    }
}

static void test_plain(void **state)
{
    (void)state;
    const struct fetch_progress progress = HALF_WAY;
    struct buffer text = {0};
    terminal_progress_text(&progress, &text);
    assert_string_equal(buffer_text(&text),
                        "fetch   42 %   42,000 of 100,000 contacts  1,233/s  0:48 left");
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_every_width),
        cmocka_unit_test(test_plain),
    };
    return cmocka_run_group_tests_name("terminal progress", tests, NULL, NULL);
}
