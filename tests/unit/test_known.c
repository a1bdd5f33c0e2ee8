/* What the writer need not store again. */
#include "snapshot/known.h"
#include "support.h"

#include <stdio.h>

static void test_keys(void **state)
{
    (void)state;
    struct known known = {0};
    char key[20];
    for (int i = 0; i < KNOWN_KEYS_MAX + 5; i++) {
        snprintf(key, sizeof key, "key %d", i);
        assert_false(known_key(&known, key));
    }
    assert_true(known_key(&known, "key 0"));
    assert_true(known_key(&known, "key 255"));
    assert_false(known_key(&known, "key 256")); /* there was no room: it is stored again */
    known_free(&known);
    assert_false(known_key(&known, "key 0"));
    known_free(&known);
}

static void test_inboxes(void **state)
{
    (void)state;
    static const struct {
        struct contact_inbox inbox;
        bool is_known;
    } steps[] = {
        {{.inbox_id = 7, .name = "Shop"}, false},
        {{.inbox_id = 7, .name = "Shop"}, true},
        {{.inbox_id = 7}, false}, /* without a name */
        {{.inbox_id = 7, .name = "Shop"}, false},
        {{.inbox_id = 7, .name = "Shop", .channel_type = "Api"}, false},
        {{.inbox_id = 7, .name = "Shop", .channel_type = "Api", .inbox_extra = "{}"}, false},
        {{.inbox_id = 7, .name = "Shop", .channel_type = "Api", .inbox_extra = "{}"}, true},
        {{.inbox_id = 7 + KNOWN_INBOXES, .name = "Shop"}, false}, /* takes the other's place */
        {{.inbox_id = 7, .name = "Shop", .channel_type = "Api", .inbox_extra = "{}"}, false},
        {{.inbox_id = 0}, false},
        {{.inbox_id = 0}, true},
        {{.inbox_id = -1}, false},
        {{.inbox_id = -1}, true},
    };
    struct known known = {0};
    for (size_t i = 0; i < COUNT(steps); i++) {
        if (known_inbox(&known, &steps[i].inbox) != steps[i].is_known)
            fail_msg("step %zu", i);
    }
    known_free(&known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_inboxes),
    };
    return cmocka_run_group_tests_name("known", tests, NULL, NULL);
}
