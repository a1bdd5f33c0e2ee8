/* The one pass over all contacts, from which every tally follows. */
#include "model/contact.h"
#include "model/fold.h"
#include "tally/counts.h"
#include "tally/inboxes.h"
#include "tally/tally_parts.h"

/* The columns of the pass. */
enum {
    BLOCKED,
    EMAIL,
    PHONE_NUMBER,
    CREATED_AT,
    LAST_ACTIVITY_AT,
    COUNTRY_CODE,
    COUNTRY,
    COMPANY_NAME,
    ID,
};

static const char select_contacts[] =
    "SELECT blocked, email, phone_number, created_at, last_activity_at, country_code, country,"
    " company_name, id FROM contact";

struct scan {
    struct tally *tally;
    sqlite3_stmt *select;
    struct counts *countries; /* with what they tell of activity */
    struct counts *companies;
    struct inboxes *inboxes;
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

static void add_to_totals(struct scan *scan, int64_t created_at, int64_t last_activity_at)
{
    struct totals *totals = &scan->tally->totals;
    const int64_t as_of = scan->tally->as_of;
    totals->contacts++;
    totals->blocked += sqlite3_column_int64(scan->select, BLOCKED) != 0;
    totals->with_email += has_text(scan, EMAIL);
    totals->with_phone += has_text(scan, PHONE_NUMBER);
    totals->new_7_days += created_at > as_of - 7 * (int64_t)DAY_SECONDS && created_at <= as_of;
    totals->active_30_days += last_activity_at >= as_of - 30 * (int64_t)DAY_SECONDS;
    totals->never_active += last_activity_at == TIME_NONE;
}

static bool count_contact(struct scan *scan, struct error *error)
{
    struct tally *tally = scan->tally;
    int64_t created_at = read_time(scan, CREATED_AT);
    int64_t last_activity_at = read_time(scan, LAST_ACTIVITY_AT);
    add_to_totals(scan, created_at, last_activity_at);
    tally_note_created(tally, created_at);
    struct counted country = {
        .number = (int64_t)activity_bucket(&tally->bounds, tally->as_of, last_activity_at),
        .code = database_text(scan->select, COUNTRY_CODE),
        .text = database_text(scan->select, COUNTRY),
    };
    struct counted company = {.text = database_text(scan->select, COMPANY_NAME)};
    return counts_add(scan->countries, &country, error) &&
           counts_add(scan->companies, &company, error) &&
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

static bool finish(struct scan *scan, struct error *error)
{
    return counts_flush(scan->countries, error) && counts_flush(scan->companies, error) &&
           inboxes_finish(scan->inboxes, error);
}

bool tally_scan(struct tally *tally, const struct counts_ceiling *ceiling, struct error *error)
{
    struct scan scan = {.tally = tally};
    sqlite3 *database = tally->database;
    bool ok = database_prepare(database, select_contacts, &scan.select, error) &&
              counts_open(&scan.countries, database, "tally_told", ceiling, error) &&
              counts_open(&scan.companies, database, "tally_told_company", ceiling, error) &&
              inboxes_open(&scan.inboxes, database, ceiling, error) &&
              count_contacts(&scan, error) && finish(&scan, error);
    sqlite3_finalize(scan.select);
    counts_free(scan.countries);
    counts_free(scan.companies);
    inboxes_close(scan.inboxes);
    return ok;
}
