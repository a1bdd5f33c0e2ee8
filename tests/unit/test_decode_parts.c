/* Contacts out of JSON: nested attributes, inboxes, and what the program does not know. */
#include "base/arena.h"
#include "base/buffer.h"
#include "model/decode.h"
#include "support.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

struct decoded {
    struct contact contact;
    struct warnings warnings;
    struct arena arena;
};

static struct decoded decode(const char *json)
{
    struct decoded decoded = {0};
    struct json_object *record = support_parse_json(json);
    bool ok = decode_contact(record, &decoded.arena, &decoded.contact, &decoded.warnings);
    json_object_put(record);
    if (!ok)
        fail_msg("%s: no contact", json);
    return decoded;
}

/* "kind:count" of each warning there is. */
static void describe_warnings(const struct warnings *warnings, struct buffer *out)
{
    for (int i = 0; i < WARNINGS; i++) {
        if (warnings->counts[i] > 0)
            buffer_print(out, "%s%s:%lld", out->length ? " " : "", warning_name((enum warning)i),
                         (long long)warnings->counts[i]);
    }
}

static void check_text(const char *json, const char *what, const char *text, const char *expected)
{
    if (text && expected ? strcmp(text, expected) != 0 : text != expected)
        fail_msg("%s: %s is %s", json, what, text ? text : "NULL");
}

static void test_every_text(void **state)
{
    (void)state;
    struct decoded decoded = decode(
        "{\"id\":1,\"name\":\"n\",\"email\":\"e\",\"phone_number\":\"p\",\"identifier\":\"i\","
        "\"thumbnail\":\"t\",\"availability_status\":\"a\",\"additional_attributes\":{\"city\":"
        "\"c\",\"country\":\"co\",\"country_code\":\"cc\",\"company_name\":\"cn\",\"telegram\":"
        "\"te\",\"description\":\"d\",\"social_profiles\":{\"github\":\"gi\",\"twitter\":\"tw\","
        "\"facebook\":\"fa\",\"linkedin\":\"li\",\"instagram\":\"in\"}}}");
    static const char *const expected[CONTACT_TEXTS] = {
        [CONTACT_NAME] = "n",          [CONTACT_EMAIL] = "e",
        [CONTACT_PHONE_NUMBER] = "p",  [CONTACT_IDENTIFIER] = "i",
        [CONTACT_THUMBNAIL] = "t",     [CONTACT_AVAILABILITY_STATUS] = "a",
        [CONTACT_CITY] = "c",          [CONTACT_COUNTRY] = "co",
        [CONTACT_COUNTRY_CODE] = "cc", [CONTACT_COMPANY_NAME] = "cn",
        [CONTACT_TELEGRAM] = "te",     [CONTACT_DESCRIPTION] = "d",
        [CONTACT_GITHUB] = "gi",       [CONTACT_TWITTER] = "tw",
        [CONTACT_FACEBOOK] = "fa",     [CONTACT_LINKEDIN] = "li",
        [CONTACT_INSTAGRAM] = "in",
    };
    for (int i = 0; i < CONTACT_TEXTS; i++)
        check_text("all", contact_text_names[i], decoded.contact.text[i], expected[i]);
    assert_null(decoded.contact.extra);
    assert_null(decoded.contact.custom);
    arena_free(&decoded.arena);
}

struct rest_case {
    const char *json;
    const char *custom;
    const char *extra;
    const char *warnings;
};

static const struct rest_case rest_cases[] = {
    {"{\"id\":1}", NULL, NULL, ""},
    /* what the program does not know is kept as it came */
    {"{\"id\":1,\"z\":null,\"a\":{\"b\":[1,1.50,\"x/y\",true]},\"e\":\"\"}", NULL,
     "{\"z\":null,\"a\":{\"b\":[1,1.50,\"x/y\",true]},\"e\":\"\"}", ""},
    {"{\"id\":1,\"n\":18446744073709551614,\"m\":-9223372036854775807}", NULL,
     "{\"n\":18446744073709551614,\"m\":-9223372036854775807}", ""},
    {"{\"id\":1,\"additional_attributes\":{\"city\":\"c\",\"source_id\":\"s\"}}", NULL,
     "{\"additional_attributes\":{\"source_id\":\"s\"}}", ""},
    {"{\"id\":1,\"additional_attributes\":{\"social_profiles\":{\"github\":\"g\",\"x\":1}}}", NULL,
     "{\"additional_attributes\":{\"social_profiles\":{\"x\":1}}}", ""},
    /* nothing is left of what is empty */
    {"{\"id\":1,\"additional_attributes\":null}", NULL, NULL, ""},
    {"{\"id\":1,\"additional_attributes\":{}}", NULL, NULL, ""},
    {"{\"id\":1,\"additional_attributes\":{\"city\":null,\"social_profiles\":null}}", NULL, NULL,
     ""},
    {"{\"id\":1,\"additional_attributes\":{\"social_profiles\":{}}}", NULL, NULL, ""},
    {"{\"id\":1,\"custom_attributes\":{},\"contact_inboxes\":[]}", NULL, NULL, ""},
    {"{\"id\":1,\"custom_attributes\":null,\"contact_inboxes\":null}", NULL, NULL, ""},
    {"{\"id\":1,\"additional_attributes\":[],\"custom_attributes\":[]}", NULL, NULL, ""},
    {"{\"id\":1,\"additional_attributes\":{\"social_profiles\":[]}}", NULL, NULL, ""},
    /* unexpected types are set aside */
    {"{\"id\":1,\"additional_attributes\":[1]}", NULL, "{\"additional_attributes\":[1]}",
     "unreadable_field:1"},
    {"{\"id\":1,\"additional_attributes\":\"x\"}", NULL, "{\"additional_attributes\":\"x\"}",
     "unreadable_field:1"},
    {"{\"id\":1,\"additional_attributes\":{\"social_profiles\":[1]}}", NULL,
     "{\"additional_attributes\":{\"social_profiles\":[1]}}", "unreadable_field:1"},
    {"{\"id\":1,\"additional_attributes\":{\"city\":[1],\"country\":{}}}", NULL,
     "{\"additional_attributes\":{\"city\":[1],\"country\":{}}}", "unreadable_field:2"},
    {"{\"id\":1,\"custom_attributes\":[1]}", NULL, "{\"custom_attributes\":[1]}",
     "unreadable_field:1"},
    {"{\"id\":1,\"custom_attributes\":\"x\"}", NULL, "{\"custom_attributes\":\"x\"}",
     "unreadable_field:1"},
    {"{\"id\":1,\"contact_inboxes\":{}}", NULL, "{\"contact_inboxes\":{}}", "unreadable_field:1"},
    {"{\"id\":1,\"created_at\":\"x\",\"last_activity_at\":[],\"blocked\":9}", NULL,
     "{\"created_at\":\"x\",\"last_activity_at\":[],\"blocked\":9}",
     "unreadable_field:1 unreadable_time:2"},
    /* custom attributes */
    {"{\"id\":1,\"custom_attributes\":{\"plan\":\"pro\",\"n\":1.50,\"b\":false,\"z\":null}}",
     "{\"b\":false,\"n\":1.50,\"plan\":\"pro\",\"z\":null}", NULL, ""},
    {"{\"id\":1,\"custom_attributes\":{\"o\":{\"a\":[1,{\"b\":2}]},\"l\":[]}}",
     "{\"l\":[],\"o\":{\"a\":[1,{\"b\":2}]}}", NULL, ""},
    {"{\"id\":1,\"custom_attributes\":{\"x\":\"\xE9\"}}", "{\"x\":\"\uFFFD\"}", NULL,
     "invalid_text:1"},
    {"{\"id\":1,\"custom_attributes\":{\"n\":18446744073709551616}}",
     "{\"n\":18446744073709551616}", NULL, ""},
    /* these fit into 64 bits, and are kept */
    {"{\"id\":1,\"custom_attributes\":{\"n\":9223372036854775807}}", "{\"n\":9223372036854775807}",
     NULL, ""},
    {"{\"id\":1,\"custom_attributes\":{\"n\":9223372036854775808}}", "{\"n\":9223372036854775808}",
     NULL, ""},
    /* members stay in their order, whatever was known between them */
    {"{\"z\":1,\"id\":1,\"name\":\"n\",\"y\":2,\"blocked\":9,\"additional_attributes\":{\"q\":1,"
     "\"city\":[],\"p\":2},\"created_at\":\"x\",\"a\":3}",
     NULL,
     "{\"z\":1,\"y\":2,\"blocked\":9,\"additional_attributes\":{\"q\":1,\"city\":[],\"p\":2},"
     "\"created_at\":\"x\",\"a\":3}",
     "unreadable_field:2 unreadable_time:1"},
    {"{\"contact_inboxes\":[7],\"x\":1,\"custom_attributes\":\"c\",\"last_activity_at\":0,"
     "\"additional_attributes\":7,\"name\":{},\"id\":1}",
     NULL,
     "{\"contact_inboxes\":[7],\"x\":1,\"custom_attributes\":\"c\",\"additional_attributes\":7,"
     "\"name\":{}}",
     "unreadable_field:3 unreadable_inbox:1"},
    {"{\"id\":1,\"additional_attributes\":{\"b\":1,\"social_profiles\":{\"d\":1,\"github\":\"g\","
     "\"twitter\":[],\"c\":2},\"country\":\"X\",\"a\":2}}",
     NULL,
     "{\"additional_attributes\":{\"b\":1,\"social_profiles\":{\"d\":1,\"twitter\":[],\"c\":2},"
     "\"a\":2}}",
     "unreadable_field:1"},
    /* of a key that comes twice the last value counts, in the place of the first */
    {"{\"id\":1,\"x\":1,\"y\":2,\"x\":3}", NULL, "{\"x\":3,\"y\":2}", ""},
    {"{\"id\":null,\"name\":[1],\"id\":1,\"name\":\"n\"}", NULL, NULL, ""},
    {"{\"id\":1,\"name\":\"n\",\"x\":1,\"name\":[1]}", NULL, "{\"name\":[1],\"x\":1}",
     "unreadable_field:1"},
    {"{\"id\":1,\"additional_attributes\":{\"a\":1},\"additional_attributes\":{\"city\":\"c\"}}",
     NULL, NULL, ""},
    {"{\"id\":1,\"additional_attributes\":{\"city\":\"c\"},\"additional_attributes\":{\"a\":1,"
     "\"a\":2}}",
     NULL, "{\"additional_attributes\":{\"a\":2}}", ""},
    {"{\"id\":1,\"custom_attributes\":{\"a\":1,\"b\":2,\"a\":3},\"custom_attributes\":{\"b\":1,"
     "\"a\":2,\"b\":3}}",
     "{\"a\":2,\"b\":3}", NULL, ""},
    /* a key that only begins like a known one, or stands in another place, is not known */
    {"{\"id\":1,\"i\":1,\"ids\":2,\"nam\":3,\"names\":4,\"city\":5,\"github\":6,\"\":7}", NULL,
     "{\"i\":1,\"ids\":2,\"nam\":3,\"names\":4,\"city\":5,\"github\":6,\"\":7}", ""},
    {"{\"id\":1,\"additional_attributes\":{\"id\":2,\"name\":3,\"github\":4},\"inbox\":5}", NULL,
     "{\"additional_attributes\":{\"id\":2,\"name\":3,\"github\":4},\"inbox\":5}", ""},
    /* what is set aside is repaired and its numbers kept like all else */
    {"{\"id\":1,\"additional_attributes\":{\"x\":\"\\u0000/\",\"n\":18446744073709551616}}", NULL,
     "{\"additional_attributes\":{\"x\":\"\\u0000/\",\"n\":18446744073709551616}}", ""},
    {"{\"id\":1,\"name\":18446744073709551616,\"email\":[18446744073709551616]}", NULL,
     "{\"email\":[18446744073709551616]}", "unreadable_field:1"},
    /* nothing is left of what is empty, however deep */
    {"{\"id\":1,\"additional_attributes\":{\"social_profiles\":{\"github\":null}},\"name\":null}",
     NULL, NULL, ""},
    {"{\"id\":1,\"x\":{},\"additional_attributes\":{\"y\":{},\"social_profiles\":null}}", NULL,
     "{\"x\":{},\"additional_attributes\":{\"y\":{}}}", ""},
};

static void test_rest(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rest_cases); i++) {
        const struct rest_case *c = &rest_cases[i];
        struct decoded decoded = decode(c->json);
        struct buffer warnings = {0};
        describe_warnings(&decoded.warnings, &warnings);
        check_text(c->json, "custom", decoded.contact.custom, c->custom);
        check_text(c->json, "extra", decoded.contact.extra, c->extra);
        check_text(c->json, "warnings", buffer_text(&warnings), c->warnings);
        buffer_free(&warnings);
        arena_free(&decoded.arena);
    }
}

/* Whole numbers keep their digits, however many, wherever they stand. */
static void test_long_numbers(void **state)
{
    (void)state;
    static const char *const records[] = {
        "{\"id\":1,\"custom_attributes\":{\"n\":%s}}",
        "{\"id\":1,\"custom_attributes\":{\"o\":{\"n\":%s}}}",
        "{\"id\":1,\"custom_attributes\":{\"l\":[1,%s]}}",
        "{\"id\":1,\"unknown\":%s}",
        "{\"id\":1,\"additional_attributes\":{\"source\":%s,\"a\":\"\\\"12345678901234567890123\"}"
        "}",
        "{\"identifier\":%s,\"id\":1}",
        "{\"identifier\":12345678901234567890123,\"id\":1,\"identifier\":%s}",
    };
    static const char *const numbers[] = {
        "9223372036854775807",        "9223372036854775808",
        "18446744073709551615",       "18446744073709551616",
        "99999999999999999999",       "12345678901234567890123",
        "-9223372036854775808",       "-9223372036854775809",
        "-12345678901234567890123",   "340282366920938463463374607431768211456",
        "12345678901234567890123.50", "12345678901234567890123e5",
        "1.2345678901234567890123",
    };
    for (size_t i = 0; i < COUNT(records) * COUNT(numbers); i++) {
        const char *number = numbers[i / COUNT(records)];
        char json[200];
        snprintf(json, sizeof json, records[i % COUNT(records)], number);
        struct decoded decoded = decode(json);
        const char *kept = decoded.contact.custom  ? decoded.contact.custom
                           : decoded.contact.extra ? decoded.contact.extra
                                                   : decoded.contact.text[CONTACT_IDENTIFIER];
        const char *at = strstr(kept, number);
        if (!at || (at[strlen(number)] && !strchr("}],", at[strlen(number)])))
            fail_msg("%s: kept as %s", json, kept);
        arena_free(&decoded.arena);
    }
}

static void test_custom_keys(void **state)
{
    (void)state;
    struct decoded decoded = decode("{\"id\":1,\"custom_attributes\":{\"b\":1,\"\":2,\"\u4E2D\":3,"
                                    "\"a b\":null,\"\xFF\":4}}");
    static const char *const expected[] = {"", "a b", "b", "\u4E2D", "\uFFFD"};
    assert_int_equal(decoded.contact.custom_key_count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_string_equal(decoded.contact.custom_keys[i], expected[i]);
    arena_free(&decoded.arena);
}

/* The inboxes as "id name/type/extra source/extra" each. */
static void describe_inboxes(const struct contact *contact, struct buffer *out)
{
    for (size_t i = 0; i < contact->inbox_count; i++) {
        const struct contact_inbox *inbox = &contact->inboxes[i];
        buffer_print(out, "%s%lld %s|%s|%s %s|%s", i ? "; " : "", (long long)inbox->inbox_id,
                     inbox->name ? inbox->name : "-",
                     inbox->channel_type ? inbox->channel_type : "-",
                     inbox->inbox_extra ? inbox->inbox_extra : "-",
                     inbox->source_id ? inbox->source_id : "-", inbox->extra ? inbox->extra : "-");
    }
}

static const struct {
    const char *json; /* of contact_inboxes */
    const char *expected;
    const char *extra;
    const char *warnings;
} inbox_cases[] = {
    {"[]", "", NULL, ""},
    {"[{\"source_id\":\"s\",\"inbox\":{\"id\":10,\"name\":\"Web\",\"channel_type\":\"W\"}}]",
     "10 Web|W|- s|-", NULL, ""},
    {"[{\"inbox\":{\"id\":\"10\"}}]", "10 -|-|- -|-", NULL, ""},
    {"[{\"inbox\":{\"id\":10,\"name\":\"\"}}]", "10 |-|- -|-", NULL, ""},
    {"[{\"inbox\":{\"id\":1}},{\"inbox\":{\"id\":2}},{\"inbox\":{\"id\":1}}]",
     "1 -|-|- -|-; 2 -|-|- -|-; 1 -|-|- -|-", NULL, ""},
    {"[{\"x\":1,\"inbox\":{\"id\":10,\"avatar_url\":\"u\",\"provider\":null}}]",
     "10 -|-|{\"avatar_url\":\"u\",\"provider\":null} -|{\"x\":1}", NULL, ""},
    {"[{\"source_id\":7,\"inbox\":{\"id\":10,\"name\":5}}]", "10 5|-|- 7|-", NULL, ""},
    {"[{\"inbox\":{\"id\":10,\"name\":[]}}]", "10 -|-|{\"name\":[]} -|-", NULL,
     "unreadable_field:1"},
    {"[null,7,{},{\"inbox\":null},{\"inbox\":[]},{\"inbox\":{}}]", "",
     "{\"contact_inboxes\":[null,7,{},{\"inbox\":null},{\"inbox\":[]},{\"inbox\":{}}]}",
     "unreadable_inbox:6"},
    {"[{\"inbox\":{\"id\":\"x\",\"name\":\"N\"},\"source_id\":\"s\"},{\"inbox\":{\"id\":3}}]",
     "3 -|-|- -|-",
     "{\"contact_inboxes\":[{\"inbox\":{\"id\":\"x\",\"name\":\"N\"},\"source_id\":\"s\"}]}",
     "unreadable_inbox:1"},
    /* members stay in their order; those of a wrong type are set aside */
    {"[{\"z\":1,\"inbox\":{\"y\":1,\"channel_type\":{},\"id\":1,\"x\":2},\"source_id\":[],\"a\":2}"
     "]",
     "1 -|-|{\"y\":1,\"channel_type\":{},\"x\":2} -|{\"z\":1,\"source_id\":[],\"a\":2}", NULL,
     "unreadable_field:2"},
    {"[{\"id\":5,\"name\":\"n\",\"inbox\":{\"id\":1,\"source_id\":\"s\",\"inbox\":{\"id\":2}}}]",
     "1 -|-|{\"source_id\":\"s\",\"inbox\":{\"id\":2}} -|{\"id\":5,\"name\":\"n\"}", NULL, ""},
    /* keys that come twice */
    {"[{\"inbox\":[],\"source_id\":\"a\",\"inbox\":{\"id\":\"x\",\"id\":1,\"name\":[],\"name\":"
     "\"n\"},\"source_id\":\"b\"}]",
     "1 n|-|- b|-", NULL, ""},
    {"[{\"inbox\":{\"id\":1},\"inbox\":null}]", "", "{\"contact_inboxes\":[{\"inbox\":null}]}",
     "unreadable_inbox:1"},
    /* one that cannot be read is set aside whole */
    {"[{\"source_id\":[],\"inbox\":{\"name\":[],\"id\":1.5},\"n\":18446744073709551616}]", "",
     "{\"contact_inboxes\":[{\"source_id\":[],\"inbox\":{\"name\":[],\"id\":1.5},\"n\":"
     "18446744073709551616}]}",
     "unreadable_inbox:1"},
    {"[{\"inbox\":{\"id\":1,\"n\":18446744073709551616},\"n\":18446744073709551616}]",
     "1 -|-|{\"n\":18446744073709551616} -|{\"n\":18446744073709551616}", NULL, ""},
};

static void test_inboxes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(inbox_cases); i++) {
        struct buffer json = {0};
        struct buffer inboxes = {0};
        struct buffer warnings = {0};
        buffer_print(&json, "{\"id\":1,\"contact_inboxes\":%s}", inbox_cases[i].json);
        struct decoded decoded = decode(buffer_text(&json));
        describe_inboxes(&decoded.contact, &inboxes);
        describe_warnings(&decoded.warnings, &warnings);
        check_text(json.bytes, "inboxes", buffer_text(&inboxes), inbox_cases[i].expected);
        check_text(json.bytes, "extra", decoded.contact.extra, inbox_cases[i].extra);
        check_text(json.bytes, "warnings", buffer_text(&warnings), inbox_cases[i].warnings);
        buffer_free(&json);
        buffer_free(&inboxes);
        buffer_free(&warnings);
        arena_free(&decoded.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_text),   cmocka_unit_test(test_rest),
        cmocka_unit_test(test_long_numbers), cmocka_unit_test(test_custom_keys),
        cmocka_unit_test(test_inboxes),
    };
    return cmocka_run_group_tests_name("decode, its parts", tests, NULL, NULL);
}
