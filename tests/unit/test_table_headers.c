/* Headers that no two columns share. */
#include "write/workbook/table_headers.h"

#include "base/arena.h"
#include "support.h"

#include <string.h>

struct headers_case {
    const char *what;
    const char *names[5];
    const char *expected[5];
};

static const struct headers_case cases[] = {
    {"all differ", {"id", "email"}, {"ID", "Email"}},
    {"twice the same", {"email", "id", "email"}, {"Email", "ID", "Email 2"}},
    {"three times", {"id", "id", "id"}, {"ID", "ID 2", "ID 3"}},
    {"but for case",
     {"custom.plan", "custom.Plan", "custom.PLAN"},
     {"plan (custom)", "Plan (custom) 2", "PLAN (custom) 3"}},
    {"but for blanks", {"custom.a b", "custom.a  b "}, {"a b (custom)", "a b (custom) 2"}},
    {"line ends and tabs", {"custom.a\nb\tc"}, {"a b c (custom)"}},
    {"other scripts", {"custom.\u4E2D", "custom.\u6587"}, {"\u4E2D (custom)", "\u6587 (custom)"}},
};

static void test_headers(void **state)
{
    (void)state;
    struct language *language;
    struct error error;
    assert_true(language_open(&language, "en", &error));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena arena = {0};
        size_t count = 0;
        while (count < COUNT(cases[i].names) && cases[i].names[count])
            count++;
        struct columns columns = columns_choose(cases[i].names, count, NULL, 0, &arena);
        const char **headers = table_headers_make(language, &columns, &arena);
        for (size_t j = 0; j < count; j++) {
            if (strcmp(headers[j], cases[i].expected[j]) != 0)
                fail_msg("%s: '%s'", cases[i].what, headers[j]);
        }
        arena_free(&arena);
    }
    language_free(language);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),
    };
    return cmocka_run_group_tests_name("table_headers", tests, NULL, NULL);
}
