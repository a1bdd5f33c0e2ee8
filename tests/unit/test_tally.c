/* Counts by country, company, inbox and recency of activity. */
#include "tally/tally.h"

#include "base/buffer.h"
#include "base/zone.h"
#include "snapshot/snapshot.h"
#include "support.h"
#include "support_snapshot.h"

#include <stdlib.h>
#include <string.h>

enum { AS_OF = 1795362245 };

static bool describe_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    struct buffer *out = context;
    if (out->length)
        buffer_append_text(out, "; ");
    if (group->code)
        buffer_print(out, "[%s] ", group->code);
    if (group->dimension == BY_INBOX && group->name)
        buffer_print(out, "#%lld ", (long long)group->id);
    if (group->others > 0)
        buffer_print(out, "%lld others", (long long)group->others);
    else
        buffer_append_text(out, group->name ? group->name : "(none)");
    static const char *const kinds[] = {[BUCKET_WITHIN] = "within",
                                        [BUCKET_OLDER] = "older",
                                        [BUCKET_NEVER] = "never",
                                        [BUCKET_UNREADABLE] = "unreadable"};
    if (group->bucket.kind != BUCKET_NONE)
        buffer_print(out, " (%s %lld)", kinds[group->bucket.kind], (long long)group->bucket.days);
    if (group->channel_type)
        buffer_print(out, " %s", group->channel_type);
    buffer_print(out, " %lld", (long long)group->contacts);
    return true;
}

static struct tally *make_as_of(const struct snapshot *snapshot, int64_t as_of)
{
    struct tally *tally = NULL;
    struct error error = {0};
    if (!tally_make(&tally, snapshot, as_of, &activity_default_bounds, &error))
        fail_msg("%s", error.message);
    return tally;
}

static struct tally *make(const struct snapshot *snapshot)
{
    return make_as_of(snapshot, AS_OF);
}

static void check_lines(const char *what, const struct tally *tally, enum dimension dimension,
                        int64_t limit, const char *expected)
{
    struct buffer out = {0};
    struct error error = {0};
    assert_true(tally_each(tally, dimension, limit, describe_group, &out, &error));
    if (strcmp(buffer_text(&out), expected) != 0)
        fail_msg("%s: %s", what, buffer_text(&out));
    buffer_free(&out);
}

struct tally_case {
    const char *what;
    enum dimension dimension;
    int64_t limit;
    const char *contacts;
    const char *expected;
    int64_t named;
};

#define COUNTRY(id, code, text)                                                                    \
    "{\"id\":" id ",\"additional_attributes\":{\"country_code\":" code ",\"country\":" text "}}"
#define COMPANY(id, name)                                                                          \
    "{\"id\":" id ",\"additional_attributes\":{\"company_name\":\"" name "\"}}"
#define INBOXES(id, list) "{\"id\":" id ",\"contact_inboxes\":[" list "]}"
#define INBOX(id, rest)   "{\"inbox\":{\"id\":" id rest "}}"

static const struct tally_case cases[] = {
    {"no contacts, countries", BY_COUNTRY, 0, "[]", "", 0},
    {"no contacts, companies", BY_COMPANY, 0, "[]", "", 0},
    {"no contacts, inboxes", BY_INBOX, 0, "[]", "", 0},

    {"code wins, names join it", BY_COUNTRY, 0,
     "[" COUNTRY("1", "\"de\"", "\"France\"") "," COUNTRY(
         "2", "null", "\"Deutschland\"") "," COUNTRY("3", "\"XX\"",
                                                     "\" GERMANY \"") "," COUNTRY("4", "\"FR\"",
                                                                                  "null") "]",
     "[DE] Germany 3; [FR] France 1", 2},
    {"texts that are no countries", BY_COUNTRY, 0,
     "[" COUNTRY("1", "null", "\"Atlantis\"") "," COUNTRY("2", "null", "\" ATLANTIS\"") "," COUNTRY(
         "3", "\"\"", "\"Atlantis \"") "," COUNTRY("4", "null",
                                                   "\"  \"") "," COUNTRY("5", "null",
                                                                         "null") ",{\"id\":6}]",
     "Atlantis 3; (none) 3", 1},
    {"a text that is another country's code stays apart", BY_COUNTRY, 0,
     "[" COUNTRY("1", "\"DE\"", "null") "," COUNTRY("2", "null", "\"Germania\"") "]",
     "Germania 1; [DE] Germany 1", 2},
    {"text: the smallest spelling among equals", BY_COUNTRY, 0,
     "[" COUNTRY("1", "null", "\"mu\"") "," COUNTRY("2", "null", "\"Lemuria\"") "," COUNTRY(
         "3", "null", "\"LEMURIA\"") "]",
     "LEMURIA 2; [MU] Mauritius 1", 2},

    {"the most frequent spelling", BY_COMPANY, 0,
     "[" COMPANY("1", "Acme Inc.") "," COMPANY("2", "ACME  inc. ") "," COMPANY(
         "3", "ACME inc.") "," COMPANY("4", "\uFF21cme Inc.") "," COMPANY("5", "Acme") "]",
     "ACME inc. 4; Acme 1", 2},
    {"the smallest in byte order among equals", BY_COMPANY, 0,
     "[" COMPANY("1", "acme") "," COMPANY("2", "Acme") "," COMPANY("3", "ACME") "]", "ACME 3", 1},
    {"no company", BY_COMPANY, 0,
     "[" COMPANY("1", "") "," COMPANY("2", " \u3000") ",{\"id\":3}," COMPANY("4", "A") "]",
     "(none) 3; A 1", 1},
    {"no company comes behind names of as many", BY_COMPANY, 0,
     "[" COMPANY("1", "") "," COMPANY("2", "Z") "," COMPANY("3", "A") "]", "A 1; Z 1; (none) 1", 2},
    {"limit", BY_COMPANY, 2,
     "[" COMPANY("1", "A") "," COMPANY("2", "A") "," COMPANY("3", "B") "," COMPANY(
         "4", "C") "," COMPANY("5", "D") ",{\"id\":6}]",
     "A 2; B 1; 3 others 3", 4},
    {"limit that all fit in", BY_COMPANY, 2, "[" COMPANY("1", "A") "," COMPANY("2", "B") "]",
     "A 1; B 1", 2},

    {"once in each distinct inbox", BY_INBOX, 0,
     "[" INBOXES(
         "1",
         INBOX("10", ",\"name\":\"Web\",\"channel_type\":\"W\"") "," INBOX(
             "10",
             ",\"name\":"
             "\"Web\","
             "\"channel_type\":"
             "\"W\"") "," INBOX("20", "")) "," INBOXES("2",
                                                       INBOX("10",
                                                             ",\"name\":\"Web\",\"channel_type\":"
                                                             "\"W\"")) "," INBOXES("3", "") ",{"
                                                                                            "\"i"
                                                                                            "d\""
                                                                                            ":4}"
                                                                                            ",{"
                                                                                            "\"i"
                                                                                            "d\""
                                                                                            ":5}"
                                                                                            "]",
     "(none) 3; #10 Web W 2; #20 #20 1", 2},
    {"inboxes of one name stay apart", BY_INBOX, 0,
     "[" INBOXES("1", INBOX("2", ",\"name\":\"Web\"") "," INBOX("1", ",\"name\":\"Web\"")) "]",
     "#1 Web 1; #2 Web 1", 2},
    {"every contact has an inbox", BY_INBOX, 0, "[" INBOXES("1", INBOX("1", ",\"name\":\"\"")) "]",
     "#1 #1 1", 1},
};

static void test_groups(void **state)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *directory = support_make_numbered(*state, i);
        struct snapshot *snapshot = support_open_snapshot(directory, cases[i].contacts);
        struct tally *tally = make(snapshot);
        check_lines(cases[i].what, tally, cases[i].dimension, cases[i].limit, cases[i].expected);
        assert_int_equal(tally_named_count(tally, cases[i].dimension), cases[i].named);
        tally_free(tally);
        snapshot_close(snapshot);
        free(directory);
    }
}

static void test_inboxes_not_asked_for(void **state)
{
    char *path = support_path(*state, "s.sqlite");
    struct source source = support_source;
    struct snapshot *snapshot;
    struct error error = {0};
    source.inboxes = false;
    support_write_snapshot(path, &source, "[{\"id\":1},{\"id\":2}]");
    assert_true(snapshot_open(&snapshot, path, SNAPSHOT_CHECK_WHOLE, &error));
    struct tally *tally = make(snapshot);
    check_lines("not asked for", tally, BY_INBOX, 0, "");
    tally_free(tally);
    snapshot_close(snapshot);
    free(path);
}

static void test_activity(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(
        *state, "[{\"id\":1,\"last_activity_at\":1795362246},{\"id\":2,\"last_activity_at\":"
                "1795275845},{\"id\":3,\"last_activity_at\":1795275844},{\"id\":4,"
                "\"last_activity_at\":1000},{\"id\":5,\"last_activity_at\":0},{\"id\":6},{\"id\":7,"
                "\"last_activity_at\":null}]");
    struct tally *tally = make(snapshot);
    struct buffer out = {0};
    struct error error = {0};
    assert_true(tally_each(tally, BY_ACTIVITY, 0, describe_group, &out, &error));
    assert_string_equal(buffer_text(&out),
                        "<=1d (within 1) 2; <=7d (within 7) 1; <=30d (within 30) 0; "
                        "<=90d (within 90) 0; <=180d (within 180) 0; <=365d (within 365) 0; "
                        ">365d (older 365) 1; never (never 0) 3");
    buffer_free(&out);
    tally_free(tally);
    snapshot_close(snapshot);
}

/* What `extra` holds of the contacts that a server sends, and of what somebody else writes. */
static const struct {
    const char *rest; /* of the contact */
    bool is_unreadable;
} unreadable_cases[] = {
    {",\"last_activity_at\":\"soon\"", true},
    {",\"last_activity_at\":[]", true},
    {",\"last_activity_at\":1e300", true},
    {",\"last_activity_at\":{\"last_activity_at\":null}", true},
    {",\"last_activity_at\":\"soon\",\"z\":1", true},
    {",\"last_activity_at\":null,\"z\":\"last_activity_at\"", false},
    {",\"z\":{\"last_activity_at\":\"soon\"}", false},
    {",\"last_activity_at\":1,\"created_at\":\"soon\"", false},
    {",\"created_at\":\"soon\"", false},
    {",\"last_activity_at\":\"0001-01-01T00:00:00Z\"", false},
};

static void test_unreadable_activity(void **state)
{
    for (size_t i = 0; i < COUNT(unreadable_cases); i++) {
        struct buffer contacts = {0};
        char *directory = support_make_numbered(*state, i);
        buffer_print(&contacts, "[{\"id\":1%s}]", unreadable_cases[i].rest);
        struct snapshot *snapshot = support_open_snapshot(directory, buffer_text(&contacts));
        struct tally *tally = make(snapshot);
        struct totals totals = tally_totals(tally);
        struct buffer lines = {0};
        struct error error = {0};
        assert_true(tally_each(tally, BY_ACTIVITY, 0, describe_group, &lines, &error));
        bool has_line = strstr(buffer_text(&lines), "; unreadable (unreadable 0) 1") != NULL;
        bool has_none = strstr(buffer_text(&lines), "unreadable") == NULL;
        if (totals.unreadable_activity != unreadable_cases[i].is_unreadable ||
            has_line != unreadable_cases[i].is_unreadable || has_none == has_line ||
            totals.never_active + totals.unreadable_activity > 1)
            fail_msg("%s: %s", unreadable_cases[i].rest, buffer_text(&lines));
        tally_free(tally);
        snapshot_close(snapshot);
        buffer_free(&lines);
        buffer_free(&contacts);
        free(directory);
    }
}

static void test_totals(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(
        *state, "[{\"id\":1,\"email\":\"a@x\",\"phone_number\":\"+1\",\"blocked\":true},{\"id\":2,"
                "\"email\":\"\",\"phone_number\":\" \"},{\"id\":3,\"email\":\"b@x\"},{\"id\":4}]");
    struct tally *tally = make(snapshot);
    struct totals totals = tally_totals(tally);
    assert_int_equal(totals.contacts, 4);
    assert_int_equal(totals.blocked, 1);
    assert_int_equal(totals.with_email, 2);
    assert_int_equal(totals.with_phone, 1);
    assert_true(tally_share(tally, 1) == 0.25);
    tally_free(tally);
    /* A snapshot can be tallied again. */
    tally = make(snapshot);
    assert_int_equal(tally_totals(tally).contacts, 4);
    tally_free(tally);
    tally_free(NULL);
    snapshot_close(snapshot);
}

struct recency_case {
    const char *what;
    const char *field;
    int64_t seconds; /* after as-of */
    struct totals expected;
};

static const struct recency_case recency_cases[] = {
    {"created now", "created_at", 0, {.new_7_days = 1, .never_active = 1}},
    {"created later", "created_at", 1, {.never_active = 1}},
    {"created almost 7 days ago",
     "created_at",
     -7 * 86400 + 1,
     {.new_7_days = 1, .never_active = 1}},
    {"created 7 days ago", "created_at", -7 * 86400, {.never_active = 1}},
    {"active now", "last_activity_at", 0, {.active_30_days = 1}},
    {"active later", "last_activity_at", 1000, {.active_30_days = 1}},
    {"active 30 days ago", "last_activity_at", -30 * 86400, {.active_30_days = 1}},
    {"active a second before", "last_activity_at", -30 * 86400 - 1, {0}},
    {"active in 1970", "last_activity_at", 1 - AS_OF, {0}},
    {"never", "last_activity_at", -AS_OF, {.never_active = 1}},
};

static void test_recency(void **state)
{
    for (size_t i = 0; i < COUNT(recency_cases); i++) {
        const struct recency_case *c = &recency_cases[i];
        struct buffer contacts = {0};
        char *directory = support_make_numbered(*state, i);
        buffer_print(&contacts, "[{\"id\":1,\"%s\":%lld}]", c->field,
                     (long long)(AS_OF + c->seconds));
        struct snapshot *snapshot = support_open_snapshot(directory, buffer_text(&contacts));
        struct tally *tally = make(snapshot);
        struct totals totals = tally_totals(tally);
        if (totals.new_7_days != c->expected.new_7_days ||
            totals.active_30_days != c->expected.active_30_days ||
            totals.never_active != c->expected.never_active)
            fail_msg("%s: %lld new, %lld active, %lld never", c->what, (long long)totals.new_7_days,
                     (long long)totals.active_30_days, (long long)totals.never_active);
        tally_free(tally);
        snapshot_close(snapshot);
        buffer_free(&contacts);
        free(directory);
    }
}

/* What was created at a moment, in which week: by its place before the last. */
struct week_case {
    const char *what;
    const char *zone;
    const char *as_of;
    const char *created;
    int weeks_ago; /* -1: in none */
};

static const struct week_case week_cases[] = {
    {"the same moment", "UTC", "2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z", 0},
    {"later", "UTC", "2026-11-22T12:00:00Z", "2026-11-22T12:00:01Z", -1},
    {"Monday, 0 o'clock", "UTC", "2026-11-22T12:00:00Z", "2026-11-16T00:00:00Z", 0},
    {"the second before", "UTC", "2026-11-22T12:00:00Z", "2026-11-15T23:59:59Z", 1},
    {"as of a Monday", "UTC", "2026-11-23T00:00:00Z", "2026-11-22T23:59:59Z", 1},
    {"as of a Sunday's end", "UTC", "2026-11-22T23:59:59Z", "2026-11-16T00:00:00Z", 0},
    {"the first week", "UTC", "2026-11-22T12:00:00Z", "2026-05-25T00:00:00Z", 25},
    {"before the first week", "UTC", "2026-11-22T12:00:00Z", "2026-05-24T23:59:59Z", -1},
    {"before 1970", "UTC", "1969-06-01T00:00:00Z", "1969-05-25T00:00:00Z", 1},

    {"Monday in Berlin, winter", "Europe/Berlin", "2026-11-22T12:00:00Z", "2026-11-15T23:00:00Z",
     0},
    {"Sunday in Berlin, winter", "Europe/Berlin", "2026-11-22T12:00:00Z", "2026-11-15T22:59:59Z",
     1},
    {"Monday in Berlin, summer", "Europe/Berlin", "2026-11-22T12:00:00Z", "2026-10-18T22:00:00Z",
     4},
    {"Sunday in Berlin, summer", "Europe/Berlin", "2026-11-22T12:00:00Z", "2026-10-18T21:59:59Z",
     5},
    {"the Monday after clocks go back", "Europe/Berlin", "2026-11-22T12:00:00Z",
     "2026-10-25T23:00:00Z", 3},
    {"the hour before it", "Europe/Berlin", "2026-11-22T12:00:00Z", "2026-10-25T22:59:59Z", 4},
    {"the Monday after they go forward", "Europe/Berlin", "2026-04-01T00:00:00Z",
     "2026-03-29T22:00:00Z", 0},
    {"the hour before that", "Europe/Berlin", "2026-04-01T00:00:00Z", "2026-03-29T21:59:59Z", 1},
    {"as of a Monday in Auckland", "Pacific/Auckland", "2026-11-22T11:00:00Z",
     "2026-11-22T11:00:00Z", 0},
    {"Sunday in New York", "America/New_York", "2026-11-23T04:59:59Z", "2026-11-16T05:00:00Z", 0},
    {"Monday in Kathmandu", "Asia/Kathmandu", "2026-11-22T12:00:00Z", "2026-11-15T18:15:00Z", 0},
    {"Sunday in Kathmandu", "Asia/Kathmandu", "2026-11-22T12:00:00Z", "2026-11-15T18:14:59Z", 1},
    {"Monday by the sun", "Africa/Monrovia", "1971-06-10T12:00:00Z", "1971-06-07T00:44:30Z", 0},
    {"Sunday by the sun", "Africa/Monrovia", "1971-06-10T12:00:00Z", "1971-06-07T00:44:29Z", 1},
    {"later in the same quarter", "UTC", "2026-11-22T12:01:00Z", "2026-11-22T12:02:00Z", -1},
    {"a midnight that clocks leave out", "Asia/Tehran", "2021-03-22T12:00:00Z",
     "2021-03-21T20:30:00Z", 0},
};

static int64_t seconds_of(const char *text)
{
    struct iso8601 time;
    assert_true(iso8601_parse(text, &time));
    return civil_to_seconds(&time.civil) - time.offset_seconds;
}

static void check_weeks(const struct week_case *c, const struct week *weeks)
{
    for (int i = 0; i < TALLY_WEEKS; i++) {
        int64_t expected = i == TALLY_WEEKS - 1 - c->weeks_ago && c->weeks_ago >= 0;
        if (weeks[i].contacts != expected)
            fail_msg("%s: %lld in week %d", c->what, (long long)weeks[i].contacts, i);
    }
}

static void test_weeks(void **state)
{
    for (size_t i = 0; i < COUNT(week_cases); i++) {
        const struct week_case *c = &week_cases[i];
        struct week weeks[TALLY_WEEKS];
        struct error error = {0};
        struct zone *zone;
        struct buffer contacts = {0};
        char *directory = support_make_numbered(*state, i);
        buffer_print(&contacts, "[{\"id\":1,\"created_at\":%lld},{\"id\":2}]",
                     (long long)seconds_of(c->created));
        struct snapshot *snapshot = support_open_snapshot(directory, buffer_text(&contacts));
        struct tally *tally = make_as_of(snapshot, seconds_of(c->as_of));
        assert_true(zone_open(&zone, c->zone, &error));
        assert_true(tally_weeks(tally, zone, weeks, &error));
        check_weeks(c, weeks);
        zone_free(zone);
        tally_free(tally);
        snapshot_close(snapshot);
        buffer_free(&contacts);
        free(directory);
    }
}

/* All Mondays of half a year, through both changes of the clocks. */
static void test_week_starts(void **state)
{
    static const char *const expected[] = {"2026-05-24T22:00:00Z", "2026-10-18T22:00:00Z",
                                           "2026-10-25T23:00:00Z", "2026-11-15T23:00:00Z"};
    static const int places[] = {0, 21, 22, 25};
    struct week weeks[TALLY_WEEKS];
    struct error error = {0};
    struct zone *zone;
    struct snapshot *snapshot = support_open_snapshot(*state, "[]");
    struct tally *tally = make_as_of(snapshot, seconds_of("2026-11-22T12:00:00Z"));
    assert_true(zone_open(&zone, "Europe/Berlin", &error));
    assert_true(tally_weeks(tally, zone, weeks, &error));
    for (size_t i = 0; i < COUNT(places); i++)
        assert_int_equal(weeks[places[i]].starts_at, seconds_of(expected[i]));
    zone_free(zone);
    tally_free(tally);
    snapshot_close(snapshot);
}

static bool describe_cross(void *context, const struct cross_row *row, struct error *error)
{
    struct buffer *out = context;
    int64_t sum = 0;
    assert_int_equal(row->buckets, 8);
    describe_group(out, &row->country, error);
    buffer_append_text(out, " =");
    for (size_t i = 0; i < row->buckets; i++) {
        buffer_print(out, " %lld", (long long)row->contacts[i]);
        sum += row->contacts[i];
    }
    assert_int_equal(sum, row->country.contacts);
    return true;
}

#define SEEN(id, code, text, ago)                                                                  \
    "{\"id\":" id ",\"last_activity_at\":" ago                                                     \
    ",\"additional_attributes\":{\"country_code\":" code ",\"country\":" text "}}"

static const struct cross_case {
    const char *what;
    int64_t limit;
    const char *contacts;
    const char *expected;
} cross_cases[] = {
    {"no contacts", 10, "[]", ""},
    {"one", 10, "[" SEEN("1", "\"DE\"", "null", "1795362245") "]",
     "[DE] Germany 1 = 1 0 0 0 0 0 0 0"},
    {"spellings join", 10,
     "[" SEEN("1", "\"DE\"", "null", "1795362245") "," SEEN(
         "2", "null", "\"Deutschland\"",
         "1000") "," SEEN("3", "null", "\"Atlantis\"",
                          "1000") "," SEEN("4", "null", "\" ATLANTIS\"",
                                           "null") "," SEEN("5", "null", "\"Atlantis\"",
                                                            "null") ",{\"id\":6}]",
     "Atlantis 3 = 0 0 0 0 0 0 1 2; [DE] Germany 2 = 1 0 0 0 0 0 1 0; (none) 1 = 0 0 0 0 0 0 0 1"},
    {"the rest as others", 1,
     "[" SEEN("1", "\"DE\"", "null", "1795362245") "," SEEN("2", "\"DE\"", "null", "1000") "," SEEN(
         "3", "\"FR\"", "null", "1795362245") ",{\"id\":4}]",
     "[DE] Germany 2 = 1 0 0 0 0 0 1 0; 2 others 2 = 1 0 0 0 0 0 0 1"},
    {"no limit", 0, "[" SEEN("1", "\"DE\"", "null", "0") "," SEEN("2", "\"FR\"", "null", "0") "]",
     "[FR] France 1 = 0 0 0 0 0 0 0 1; [DE] Germany 1 = 0 0 0 0 0 0 0 1"},
};

static void test_cross(void **state)
{
    for (size_t i = 0; i < COUNT(cross_cases); i++) {
        const struct cross_case *c = &cross_cases[i];
        char *directory = support_make_numbered(*state, i);
        struct snapshot *snapshot = support_open_snapshot(directory, c->contacts);
        struct tally *tally = make(snapshot);
        struct buffer out = {0};
        struct error error = {0};
        assert_true(tally_cross(tally, c->limit, describe_cross, &out, &error));
        if (strcmp(buffer_text(&out), c->expected) != 0)
            fail_msg("%s: %s", c->what, buffer_text(&out));
        buffer_free(&out);
        tally_free(tally);
        snapshot_close(snapshot);
        free(directory);
    }
}

static bool stop_cross(void *context, const struct cross_row *row, struct error *error)
{
    (void)row;
    int *seen = context;
    ++*seen;
    return error_set(error, EXIT_OUTPUT, "enough");
}

static void test_empty_account(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(*state, "[]");
    struct tally *tally = make(snapshot);
    struct totals totals = tally_totals(tally);
    assert_int_equal(totals.contacts + totals.blocked + totals.with_email + totals.with_phone, 0);
    assert_int_equal(totals.new_7_days + totals.active_30_days + totals.never_active, 0);
    assert_true(tally_share(tally, 0) == 0);
    tally_free(tally);
    snapshot_close(snapshot);
}

static bool stop_at_second(void *context, const struct group *group, struct error *error)
{
    (void)group;
    int *seen = context;
    return ++*seen < 2 || error_set(error, EXIT_OUTPUT, "enough");
}

static void test_stopping(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(*state, "[{\"id\":1}]");
    struct tally *tally = make(snapshot);
    struct error error = {0};
    int seen = 0;
    assert_false(tally_each(tally, BY_ACTIVITY, 0, stop_at_second, &seen, &error));
    assert_int_equal(seen, 2);
    support_check_error("stopped", &error, EXIT_OUTPUT, "enough", NULL);
    seen = 0;
    assert_false(tally_cross(tally, 0, stop_cross, &seen, &error));
    assert_int_equal(seen, 1);
    tally_free(tally);
    snapshot_close(snapshot);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_groups),   TEST(test_inboxes_not_asked_for),
        TEST(test_activity), TEST(test_unreadable_activity),
        TEST(test_totals),   TEST(test_recency),
        TEST(test_weeks),    TEST(test_week_starts),
        TEST(test_cross),    TEST(test_empty_account),
        TEST(test_stopping),
    };
    return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
