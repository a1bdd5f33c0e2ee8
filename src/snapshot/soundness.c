#include "snapshot/soundness.h"

#include "snapshot/database.h"

#include <inttypes.h>
#include <string.h>

const char soundness_hint[] =
    "the file was damaged or changed after rollcall wrote it: fetch again, "
    "or take another copy";

static bool fetch_again(struct error *error)
{
    return error_hint(error, "%s", soundness_hint);
}

bool soundness_check(sqlite3 *database, struct error *error)
{
    sqlite3_stmt *check;
    if (!database_prepare(database, "PRAGMA quick_check(1)", &check, error))
        return false;
    int result = sqlite3_step(check);
    const char *finding = result == SQLITE_ROW ? database_text(check, 0) : NULL;
    bool ok = finding && strcmp(finding, "ok") == 0;
    if (!ok && finding)
        error_set(error, EXIT_WRONG_USE, "damaged: %.200s", finding);
    else if (!ok)
        database_failed(database, "quick_check", error);
    sqlite3_finalize(check);
    return ok || fetch_again(error);
}

/* Far above what a fetch can reach, far below an overflow. */
static const int64_t count_max = INT64_C(1000000000000000);

static bool are_counts(const struct ledger *ledger)
{
    const int64_t counts[] = {
        ledger->unique,   ledger->duplicates, ledger->created_during, ledger->removed_during,
        ledger->passes,   ledger->requests,   ledger->retries,        ledger->pages,
        ledger->left_out, ledger->tied,
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (counts[i] < 0 || counts[i] > count_max)
            return false;
    }
    return ledger->count_first >= COUNT_UNKNOWN && ledger->count_first <= count_max &&
           ledger->given >= COUNT_UNKNOWN && ledger->given <= count_max &&
           ledger->count_last >= COUNT_UNKNOWN && ledger->count_last <= count_max;
}

bool soundness_check_ledger(sqlite3 *database, const struct ledger *ledger, struct error *error)
{
    sqlite3_stmt *select;
    if (!are_counts(ledger)) {
        error_set(error, EXIT_WRONG_USE, "its ledger holds a number that no fetch can reach");
        return fetch_again(error);
    }
    if (!database_prepare(database, "SELECT count(*) FROM contact", &select, error))
        return false;
    bool ok = sqlite3_step(select) == SQLITE_ROW || database_failed(database, "contact", error);
    int64_t contacts = sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    if (!ok || contacts == ledger->unique)
        return ok;
    error_set(error, EXIT_WRONG_USE, "holds %" PRId64 " contacts, but its ledger says %" PRId64,
              contacts, ledger->unique);
    return fetch_again(error);
}
