/* The order of contacts by every kind of column. */
#include "base/buffer.h"
#include "snapshot/snapshot.h"
#include "support.h"
#include "support_snapshot.h"

#include <string.h>

static const char contacts[] =
    "[{\"id\":5,\"name\":\"\u00E9clair\",\"email\":\"b@x\",\"created_at\":300,"
    "  \"custom_attributes\":{\"n\":10,\"t\":\"x\",\"b\":true},"
    "  \"additional_attributes\":{\"country_code\":\"FR\",\"city\":\"Z\"},"
    "  \"contact_inboxes\":[{\"inbox\":{\"id\":1,\"name\":\"Web\"}}]},"
    " {\"id\":4,\"name\":\"Zoe\",\"email\":\"\",\"created_at\":100,\"last_activity_at\":900,"
    "  \"custom_attributes\":{\"n\":9,\"t\":\"\"},\"blocked\":true,"
    "  \"additional_attributes\":{\"country\":\"deutschland\",\"city\":\"z\"}},"
    " {\"id\":3,\"name\":\"adam\",\"email\":\"A@x\",\"created_at\":200,\"last_activity_at\":800,"
    "  \"custom_attributes\":{\"n\":-1.5,\"t\":\"Y\",\"b\":false},"
    "  \"additional_attributes\":{\"country\":\"Atlantis\"},"
    "  "
    "\"contact_inboxes\":[{\"inbox\":{\"id\":2,\"name\":\"mail\"}},{\"inbox\":{\"id\":1,\"name\":"
    "\"Web\"}}]},"
    " {\"id\":20,\"name\":\"Adam\",\"created_at\":null,"
    "  \"additional_attributes\":{\"country_code\":\"at\"}},"
    " {\"id\":1,\"name\":\"\",\"email\":\"c@x\",\"created_at\":200,\"blocked\":true}]";

struct order_case {
    const char *column;
    bool descending;
    const char *expected; /* the ids */
};

static const struct order_case cases[] = {
    {NULL, false, "1 3 4 5 20"},
    {NULL, true, "20 5 4 3 1"},
    {"id", false, "1 3 4 5 20"},
    {"id", true, "20 5 4 3 1"},
    {"labels", false, "1 3 4 5 20"}, /* nothing is known of them */
    /* as people sort names: case and accents count last */
    {"name", false, "3 20 5 4 1"},
    {"name", true, "4 5 20 3 1"},
    {"email", false, "3 5 1 4 20"},
    {"email", true, "1 5 3 4 20"},
    {"city", false, "4 5 1 3 20"},
    {"phone_number", false, "1 3 4 5 20"},
    {"phone_number", true, "1 3 4 5 20"},
    /* Atlantis, Austria, France, Germany */
    {"country", false, "3 20 5 4 1"},
    {"country", true, "4 5 20 3 1"},
    {"country_code", false, "20 4 5 1 3"},
    {"country_code", true, "5 4 20 1 3"},
    {"blocked", false, "3 5 20 1 4"},
    {"blocked", true, "1 4 3 5 20"},
    {"inboxes", false, "3 5 1 4 20"},
    {"inboxes", true, "5 3 1 4 20"},
    {"created_at", false, "4 1 3 5 20"},
    {"created_at", true, "5 1 3 4 20"},
    {"last_activity_at", false, "3 4 1 5 20"},
    {"last_activity_at", true, "4 3 1 5 20"},
    /* numbers as numbers */
    {"custom.n", false, "3 4 5 1 20"},
    {"custom.n", true, "5 4 3 1 20"},
    {"custom.t", false, "5 3 1 4 20"},
    {"custom.t", true, "3 5 1 4 20"},
    {"custom.b", false, "3 5 1 4 20"},
    {"custom.b", true, "5 3 1 4 20"},
    {"custom.no'such\"key", false, "1 3 4 5 20"},
};

/* They are found in one way or another, by the order. */
static void check_inboxes(const struct row *row)
{
    const char *expected = row->contact.id == 5 ? "Web" : row->contact.id == 3 ? "mail; Web" : NULL;
    if (!row->inboxes != !expected || (expected && strcmp(row->inboxes, expected) != 0))
        fail_msg("%lld: %s", (long long)row->contact.id, row->inboxes ? row->inboxes : "(none)");
}

static void list_ids(const struct snapshot *snapshot, const struct order *order, struct buffer *ids)
{
    struct snapshot_rows *rows;
    struct error error = {0};
    const struct row *row = NULL;
    bool ok = snapshot_rows_open(&rows, snapshot, order, &error);
    while (ok && (ok = snapshot_rows_next(rows, &row, &error)) && row) {
        buffer_print(ids, "%s%lld", ids->length ? " " : "", (long long)row->contact.id);
        check_inboxes(row);
    }
    if (!ok)
        fail_msg("%s", error.message);
    snapshot_rows_close(rows);
}

static void test_orders(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(*state, contacts);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct order order = {cases[i].column, cases[i].descending};
        struct buffer ids = {0};
        list_ids(snapshot, &order, &ids);
        if (strcmp(buffer_text(&ids), cases[i].expected) != 0)
            fail_msg("%s%s: %s", cases[i].column ? cases[i].column : "none",
                     cases[i].descending ? ":desc" : "", buffer_text(&ids));
        buffer_free(&ids);
    }
    snapshot_close(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_orders, support_setup_directory,
                                        support_teardown_directory),
    };
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
