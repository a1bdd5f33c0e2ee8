/* The one scan of all contacts, from which every tally follows. */
#include "base/buffer.h"
#include "model/contact.h"
#include "model/fold.h"
#include "tally/counts.h"
#include "tally/inboxes.h"
#include "tally/tally_parts.h"

/* The columns of the scan; the texts to count follow them. */
enum {
    BLOCKED,
    EMAIL,
    PHONE_NUMBER,
    CREATED_AT,
    LAST_ACTIVITY_AT,
    IS_UNREADABLE, /* the last activity, which then stands in `extra` */
    COUNTRY_CODE,
    COUNTRY,
    ID,
    FIRST_TEXT,
};

/* Only contacts without a last activity can have an unreadable one, and the search for its name
   spares nearly all of these the parsing of `extra`. */
static const char columns[] =
    "blocked, email, phone_number, created_at, last_activity_at,"
    " CASE WHEN last_activity_at IS NULL THEN"
    "   CASE WHEN instr(extra, '\"last_activity_at\"') > 0 THEN"
    "     CASE WHEN json_valid(extra) THEN"
    "       json_type(extra, '$.last_activity_at') IS NOT NULL END END END,"
    " country_code, %s, id";

/* One text column of the contacts, and how often each value occurs. */
struct text {
    int column;
    struct counts *counts;
};

struct scan {
    struct tally *tally;
    sqlite3_stmt *select;
    struct counts *countries; /* together with their activity */
    struct inboxes *inboxes;
    struct text texts[DIMENSIONS];
    size_t text_count;
};

/* TIME_NONE for null. */
static int64_t read_time(struct scan *scan, int column)
{
    return database_optional(scan->select, column, TIME_NONE);
}

static bool has_text(struct scan *scan, int column)
{
    const char *text = database_text(scan->select, column);
    return text && !fold_is_blank(text);
}

static void add_to_totals(struct scan *scan, int64_t created_at, int64_t last_activity_at,
                          bool is_unreadable)
{
    struct totals *totals = &scan->tally->totals;
    const int64_t as_of = scan->tally->as_of;
    totals->contacts++;
    totals->blocked += sqlite3_column_int64(scan->select, BLOCKED) != 0;
    totals->with_email += has_text(scan, EMAIL);
    totals->with_phone += has_text(scan, PHONE_NUMBER);
    totals->new_7_days += created_at > as_of - 7 * (int64_t)DAY_SECONDS && created_at <= as_of;
    totals->active_30_days += last_activity_at >= as_of - 30 * (int64_t)DAY_SECONDS;
    totals->never_active += last_activity_at == TIME_NONE && !is_unreadable;
    totals->unreadable_activity += is_unreadable;
}

static bool count_texts(struct scan *scan, struct error *error)
{
    bool ok = true;
    for (size_t i = 0; ok && i < scan->text_count; i++) {
        struct counted text = {.text = database_text(scan->select, scan->texts[i].column)};
        ok = counts_add(scan->texts[i].counts, &text, error);
    }
    return ok;
}

static bool count_contact(struct scan *scan, struct error *error)
{
    struct tally *tally = scan->tally;
    int64_t created_at = read_time(scan, CREATED_AT);
    int64_t last_activity_at = read_time(scan, LAST_ACTIVITY_AT);
    bool is_unreadable = sqlite3_column_int(scan->select, IS_UNREADABLE) != 0;
    size_t bucket = is_unreadable ? activity_unreadable_bucket(&tally->bounds)
                                  : activity_bucket(&tally->bounds, tally->as_of, last_activity_at);
    add_to_totals(scan, created_at, last_activity_at, is_unreadable);
    tally_note_created(tally, created_at);
    struct counted country = {
        .number = (int64_t)bucket,
        .code = database_text(scan->select, COUNTRY_CODE),
        .text = database_text(scan->select, COUNTRY),
    };
    return counts_add(scan->countries, &country, error) && count_texts(scan, error) &&
           inboxes_pass(scan->inboxes, sqlite3_column_int64(scan->select, ID), error);
}

static bool count_contacts(struct scan *scan, struct error *error)
{
    bool ok = true;
    int result = SQLITE_DONE;
    while (ok && (result = sqlite3_step(scan->select)) == SQLITE_ROW)
        ok = count_contact(scan, error);
    if (ok && result != SQLITE_DONE)
        ok = database_failed(scan->tally->database, "snapshot.sqlite", error);
    sqlite3_reset(scan->select);
    return ok;
}

static bool open_select(struct scan *scan, struct error *error)
{
    struct buffer sql = {0};
    buffer_append_text(&sql, "SELECT ");
    buffer_print(&sql, columns,
                 scan->tally->has_further_country ? "told_country(country_code, country, custom)"
                                                  : "country");
    for (int i = 0; i < DIMENSIONS; i++) {
        if (groupings[i].text)
            buffer_print(&sql, ", %s", groupings[i].text);
    }
    buffer_append_text(&sql, " FROM contact");
    bool ok = database_prepare(scan->tally->database, buffer_text(&sql), &scan->select, error);
    buffer_free(&sql);
    return ok;
}

static bool open_texts(struct scan *scan, const struct counts_ceiling *ceiling, struct error *error)
{
    bool ok = true;
    for (int i = 0; ok && i < DIMENSIONS; i++) {
        if (!groupings[i].text)
            continue;
        struct text *text = &scan->texts[scan->text_count];
        text->column = FIRST_TEXT + (int)scan->text_count;
        ok = counts_open(&text->counts, scan->tally->database, groupings[i].told, ceiling, error);
        scan->text_count += ok;
    }
    return ok;
}

static bool finish(struct scan *scan, struct error *error)
{
    bool ok = counts_flush(scan->countries, error);
    for (size_t i = 0; ok && i < scan->text_count; i++)
        ok = counts_flush(scan->texts[i].counts, error);
    return ok && inboxes_finish(scan->inboxes, error);
}

bool tally_scan(struct tally *tally, const struct counts_ceiling *ceiling, struct error *error)
{
    struct scan scan = {.tally = tally};
    sqlite3 *database = tally->database;
    bool ok = open_select(&scan, error) &&
              counts_open(&scan.countries, database, groupings[BY_COUNTRY].told, ceiling, error) &&
              open_texts(&scan, ceiling, error) &&
              inboxes_open(&scan.inboxes, database, ceiling, error) &&
              count_contacts(&scan, error) && finish(&scan, error);
    sqlite3_finalize(scan.select);
    counts_free(scan.countries);
    for (size_t i = 0; i < scan.text_count; i++)
        counts_free(scan.texts[i].counts);
    inboxes_close(scan.inboxes);
    return ok;
}
