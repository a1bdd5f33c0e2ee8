/* Which options act where. */
#include "cli/effect.h"
#include "support.h"
#include "write/writer.h"

#include <string.h>

#define ALL_RUNS (RUN_FETCHES | RUN_READS_SNAPSHOT | RUN_CHECKS)

static const struct {
    const char *name;
    unsigned runs; /* in which it acts */
} effects[] = {
    {"base-url", ALL_RUNS},
    {"account", RUN_FETCHES | RUN_READS_SNAPSHOT},
    {"verbose", RUN_FETCHES},
    {"label", ALL_RUNS},
    {"q", ALL_RUNS},
    {"no-inboxes", ALL_RUNS},
    {"sort", RUN_FETCHES | RUN_CHECKS},
    {"direction", RUN_FETCHES | RUN_CHECKS},
    {"page-size", RUN_FETCHES | RUN_CHECKS},
    {"timeout", RUN_FETCHES | RUN_CHECKS},
    {"connections", RUN_FETCHES},
    {"retries", RUN_FETCHES},
    {"patience", RUN_FETCHES},
    {"deadline", RUN_FETCHES},
    {"rate", RUN_FETCHES},
    {"max-passes", RUN_FETCHES},
    {"resume", RUN_FETCHES},
    {"allow-unproven", RUN_FETCHES | RUN_READS_SNAPSHOT},
    {"as-of", ALL_RUNS},
    {"output", ALL_RUNS},
};

static void test_effects(void **state)
{
    (void)state;
    static const enum run_mode modes[] = {RUN_FETCHES, RUN_READS_SNAPSHOT, RUN_CHECKS};
    const struct settings settings = {.outputs = OUTPUTS_ALL};
    for (size_t i = 0; i < COUNT(effects); i++) {
        for (size_t m = 0; m < COUNT(modes); m++) {
            bool acts = option_has_effect(option_find(effects[i].name), modes[m], &settings);
            if (acts != ((effects[i].runs & modes[m]) != 0))
                fail_msg("--%s in run %u", effects[i].name, (unsigned)modes[m]);
        }
    }
}

/* A letter for each output in which the option shows: x c t h j, and p for what is printed. */
static const struct {
    const char *name;
    const char *shows;
} shapes[] = {
    {"template", "h"},  {"csv-raw", "ct"}, {"top-companies", "xh"},      {"columns", "xc"},
    {"order-by", "xc"}, {"lang", "xhp"},   {"activity-bounds", "xthjp"}, {"as-of", "xcthjp"},
};

static void test_shapes(void **state)
{
    (void)state;
    static const char letters[] = "xcthj";
    for (size_t i = 0; i < COUNT(shapes); i++) {
        const struct option_spec *spec = option_find(shapes[i].name);
        for (unsigned output = 0; output < OUTPUTS; output++) {
            const struct settings settings = {.outputs = 1 << output, .quiet = true};
            bool shows = option_shapes_something(spec, &settings);
            if (shows != (strchr(shapes[i].shows, letters[output]) != NULL))
                fail_msg("--%s in %s", shapes[i].name, output_names[output]);
        }
        const struct settings printed = {0};
        bool shows = option_shapes_something(spec, &printed);
        assert_int_equal(shows, strchr(shapes[i].shows, 'p') != NULL);
    }
}

static void test_resume_within(void **state)
{
    (void)state;
    const struct option_spec *within = option_find("resume-within");
    struct settings settings = {.outputs = OUTPUTS_ALL};
    assert_false(option_has_effect(within, RUN_FETCHES, &settings));
    settings.resume = true;
    assert_true(option_has_effect(within, RUN_FETCHES, &settings));
    assert_false(option_has_effect(within, RUN_READS_SNAPSHOT, &settings));
}

static const struct {
    const char *name;
    enum option_origin origin;
    bool is_idle; /* beside --from */
} idle[] = {
    {"connections", ORIGIN_STANDARD, false},    {"connections", ORIGIN_DEFINITION, false},
    {"connections", ORIGIN_ENVIRONMENT, false}, {"connections", ORIGIN_COMMAND_LINE, true},
    {"sort", ORIGIN_STANDARD, false},           {"sort", ORIGIN_DEFINITION, true},
    {"direction", ORIGIN_ENVIRONMENT, true},    {"sort", ORIGIN_COMMAND_LINE, true},
    {"label", ORIGIN_COMMAND_LINE, false},      {"allow-unproven", ORIGIN_COMMAND_LINE, false},
    {"lang", ORIGIN_COMMAND_LINE, false},
};

static void test_idle(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(idle); i++) {
        struct settings settings = {0};
        const struct option_spec *spec = option_find(idle[i].name);
        option_note_origin(spec, &settings, idle[i].origin);
        if (option_is_idle(spec, RUN_READS_SNAPSHOT, &settings) != idle[i].is_idle)
            fail_msg("--%s from %d", idle[i].name, (int)idle[i].origin);
    }
}

static void test_contradictions(void **state)
{
    (void)state;
    struct error error = {0};
    assert_true(options_check_together(&(struct settings){.quiet = true}, &error));
    assert_true(options_check_together(&(struct settings){.resume = true}, &error));
    assert_false(
        options_check_together(&(struct settings){.quiet = true, .verbose = true}, &error));
    support_check_error("both", &error, EXIT_WRONG_USE, "--quiet and --verbose contradict",
                        "leave out");
    assert_false(
        options_check_together(&(struct settings){.from = "s.sqlite", .resume = true}, &error));
    support_check_error("resume", &error, EXIT_WRONG_USE, "there is no fetch to resume",
                        "leave out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effects),        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_resume_within),  cmocka_unit_test(test_idle),
        cmocka_unit_test(test_contradictions),
    };
    return cmocka_run_group_tests_name("effect", tests, NULL, NULL);
}
