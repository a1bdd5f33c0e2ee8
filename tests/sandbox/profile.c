#include "profile.h"

#include "json_text.h"
#include "words.h"

/* Appends a member; `key` includes its quotes, colon and, where needed, comma. */
static void member(struct buffer *json, const char *key, const char *text)
{
    buffer_append_text(json, key);
    json_text(json, text);
}

static void write_social(struct buffer *json, const struct person *person, struct dice *dice)
{
    member(json, ",\"social_profiles\":{\"github\":", dice_percent(dice, 5) ? person->latin : "");
    member(json, ",\"twitter\":", dice_percent(dice, 15) ? person->latin : "");
    member(json, ",\"facebook\":", dice_percent(dice, 4) ? person->latin : "");
    buffer_append_text(json, ",\"linkedin\":\"");
    if (dice_percent(dice, 20)) {
        buffer_append_text(json, "https://linkedin.example.com/in/");
        buffer_append_text(json, person->latin);
    }
    member(json, "\",\"instagram\":", dice_percent(dice, 5) ? person->latin : "");
    buffer_append_char(json, '}');
}

/* Chatwoot stores what each client sent: most contacts have every key, some have hardly any. */
static void write_additional(struct buffer *json, const struct contact *contact,
                             const struct person *person, struct dice *dice)
{
    bool is_sparse = dice_percent(dice, 6);
    member(json, "{\"additional_attributes\":{\"city\":", contact->city);
    member(json, ",\"country\":", contact->country);
    member(json, ",\"country_code\":", person->country_code);
    member(json, ",\"company_name\":", contact->company);
    if (!is_sparse) {
        uint32_t description = dice_below(dice, (uint32_t)words_description_count);
        bool is_described = dice_percent(dice, 12);
        member(json, ",\"telegram\":", dice_percent(dice, 6) ? person->latin : "");
        member(json, ",\"description\":", is_described ? words_descriptions[description] : "");
        write_social(json, person, dice);
    }
    if (dice_percent(dice, 5)) {
        buffer_append_text(json, ",\"source_id\":\"email:");
        json_number(json, contact->id);
        buffer_append_char(json, '"');
    }
    buffer_append_char(json, '}');
}

static void write_time(struct buffer *json, const char *key, bool is_known, int64_t at)
{
    buffer_append_text(json, key);
    if (is_known)
        json_number(json, at);
    else
        buffer_append_text(json, "null");
}

static void write_custom(struct buffer *json, struct dice *dice)
{
    static const char *const plans[] = {"free", "team", "business", "Groß & Co"};
    const char *comma = "";
    buffer_append_text(json, ",\"custom_attributes\":{");
    if (dice_percent(dice, 60)) {
        member(json, "\"plan\":", plans[dice_skewed(dice, 4)]);
        comma = ",";
    }
    if (dice_percent(dice, 35)) {
        buffer_append_text(json, comma);
        buffer_append_text(json, "\"seats\":");
        json_number(json, 1 + dice_skewed(dice, 500));
        comma = ",";
    }
    if (dice_percent(dice, 20)) {
        buffer_append_text(json, comma);
        buffer_append_text(json, "\"renewal\":\"2027-0");
        json_number(json, 1 + dice_below(dice, 9));
        buffer_append_text(json, "-15\"");
        comma = ",";
    }
    if (dice_percent(dice, 10)) {
        static const char *const values[] = {"true", "false", "null"};
        buffer_append_text(json, comma);
        buffer_append_text(json, "\"beta\":");
        buffer_append_text(json, values[dice_below(dice, 3)]);
    }
    buffer_append_char(json, '}');
}

/* Thirty-two hexadecimal digits in the groups of a UUID. */
static void write_uuid(struct buffer *json, struct dice *dice)
{
    static const char hex[] = "0123456789abcdef";
    char text[36];
    uint64_t bits = 0;
    for (int i = 0, used = 0; i < 36; i++) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            text[i] = '-';
            continue;
        }
        if (used++ % 16 == 0)
            bits = dice_roll(dice);
        text[i] = hex[bits & 15];
        bits >>= 4;
    }
    buffer_append(json, text, sizeof text);
}

static void write_inbox(struct buffer *json, const struct inbox *inbox, struct dice *dice)
{
    buffer_append_text(json, "{\"source_id\":\"");
    write_uuid(json, dice);
    buffer_append_text(json, "\",\"inbox\":{\"id\":");
    json_number(json, inbox->id);
    member(json, ",\"name\":", inbox->name);
    member(json, ",\"channel_type\":", inbox->channel_type);
    if (dice_percent(dice, 10)) {
        buffer_append_text(json, ",\"avatar_url\":\"\",\"channel_id\":");
        json_number(json, INT64_C(11) * inbox->id);
        member(json, ",\"provider\":", inbox->provider);
    }
    buffer_append_text(json, "}}");
}

/* None to three, the first inboxes most often; now and then the same one again. */
static void write_inboxes(struct buffer *json, struct dice *dice)
{
    uint32_t wanted = dice_percent(dice, 8) ? 0 : 1 + dice_skewed(dice, 3);
    uint32_t at = dice_skewed(dice, (uint32_t)words_inbox_count);
    uint32_t step = dice_percent(dice, 3) ? 0 : 1 + dice_below(dice, 2);
    buffer_append_text(json, ",\"contact_inboxes\":[");
    for (uint32_t i = 0; i < wanted; i++) {
        if (i > 0)
            buffer_append_char(json, ',');
        write_inbox(json, &words_inboxes[at], dice);
        at = (at + step) % (uint32_t)words_inbox_count;
    }
    buffer_append_char(json, ']');
}

void profile_write(const struct contact *contact, const struct person *person, struct dice *dice,
                   bool with_inboxes, struct buffer *json)
{
    write_additional(json, contact, person, dice);
    member(json, ",\"availability_status\":", dice_percent(dice, 4) ? "online" : "offline");
    member(json, ",\"email\":", contact->email);
    buffer_append_text(json, ",\"id\":");
    json_number(json, contact->id);
    member(json, ",\"name\":", contact->name);
    member(json, ",\"phone_number\":", contact->phone_number);
    buffer_append_text(json, ",\"blocked\":");
    buffer_append_text(json, dice_percent(dice, 3) ? "true" : "false");
    member(json, ",\"identifier\":", contact->identifier);
    member(json, ",\"thumbnail\":", dice_percent(dice, 5) ? "https://example.com/face.png" : "");
    write_custom(json, dice);
    write_time(json, ",\"last_activity_at\":", contact->has_activity, contact->last_activity_at);
    write_time(json, ",\"created_at\":", true, contact->created_at);
    if (with_inboxes)
        write_inboxes(json, dice);
}

void profile_write_labels(uint64_t labels, struct buffer *json)
{
    const char *comma = "";
    buffer_append_text(json, ",\"_labels\":[");
    for (size_t i = 0; i < words_label_count; i++) {
        if (!(labels >> i & 1))
            continue;
        buffer_append_text(json, comma);
        json_text(json, words_labels[i]);
        comma = ",";
    }
    buffer_append_char(json, ']');
}
