#include "fetch/conclude.h"

#include "fetch/proof/verdict.h"
#include "model/contact.h"
#include "snapshot/writer.h"

static int64_t pages_read(const struct checkpoint *checkpoint)
{
    int64_t pages = 0;
    for (int pass = 0; pass < checkpoint->pass; pass++)
        pages += checkpoint->records[pass].pages;
    return pages;
}

static const struct pass_record *last_record(const struct conclusion *conclusion)
{
    return &conclusion->checkpoint->records[conclusion->checkpoint->pass - 1];
}

static bool are_too_many_left_out(const struct pass_record *record)
{
    enum { LEFT_OUT_PERCENT_MAX = 1 };
    return record->rejected * 100 > record->rows * LEFT_OUT_PERCENT_MAX;
}

/* Whether contacts are missing that others tie with. */
static bool is_spoilt_by_ties(const struct pass_record *record)
{
    int64_t usable = record->rows - record->rejected;
    int64_t there = record->length != COUNT_UNKNOWN ? record->length : usable;
    return record->doubles > 0 && record->read_since < there;
}

static enum unproven find_reason(const struct conclusion *conclusion)
{
    const struct pass_record *last = last_record(conclusion);
    if (verdict_is_short_of_count(last))
        return UNPROVEN_COUNTS_MORE;
    if (are_too_many_left_out(last))
        return UNPROVEN_LEFT_OUT;
    if (conclusion->closing == CLOSING_BEYOND_REACH)
        return UNPROVEN_BEYOND_REACH;
    if (conclusion->closing == CLOSING_END_UNPROVEN)
        return UNPROVEN_END;
    return is_spoilt_by_ties(last) ? UNPROVEN_TIED : UNPROVEN_CHANGED;
}

/* Whether the fetch is complete and, if not, why. */
static bool put_verdict(const struct conclusion *conclusion, struct ledger *ledger,
                        struct error *error)
{
    const struct pass_record *last = last_record(conclusion);
    ledger->left_out = last->rejected;
    ledger->reason = find_reason(conclusion);
    ledger->given = ledger->reason == UNPROVEN_COUNTS_MORE ? last->rows : COUNT_UNKNOWN;
    ledger->complete = conclusion->closing == CLOSING_COMPLETE &&
                       ledger->reason != UNPROVEN_COUNTS_MORE &&
                       ledger->reason != UNPROVEN_LEFT_OUT;
    ledger->tied_created_at = TIME_NONE;
    return ledger->complete || ledger->reason != UNPROVEN_TIED ||
           snapshot_writer_find_tie(conclusion->writer, ledger, error);
}

/* Contacts that were created in the second in which the fetch began may have been there or not. If
   a single pass is proven by its count, all that it read beyond the count came later. */
static int64_t count_created(const struct conclusion *conclusion, int64_t unique, int64_t created)
{
    const struct pass_record *first = &conclusion->checkpoint->records[0];
    int64_t beyond = unique - first->count_first;
    bool is_single = conclusion->since_pass > 0 && conclusion->checkpoint->pass == 1;
    bool is_counted = first->count_fits && first->count_first != COUNT_UNKNOWN;
    return is_single && is_counted && beyond > created ? beyond : created;
}

/* With a search the server may count one page only, which is no count of the contacts. */
static void drop_counts_of_page(const struct conclusion *conclusion, struct ledger *ledger)
{
    bool are_of_all = ledger->count_first == ledger->unique && ledger->count_last == ledger->unique;
    if (conclusion->source->q && ledger->given == COUNT_UNKNOWN && !are_of_all) {
        ledger->count_first = COUNT_UNKNOWN;
        ledger->count_last = COUNT_UNKNOWN;
    }
}

static void put_changes(struct ledger *ledger, int64_t created)
{
    bool counted = ledger->count_first != COUNT_UNKNOWN && ledger->count_last != COUNT_UNKNOWN;
    bool is_timed = ledger->server_began_at != 0;
    int64_t removed = counted ? ledger->count_first + created - ledger->count_last : 0;
    ledger->created_during = is_timed ? created : 0;
    ledger->removed_during = is_timed && removed > 0 ? removed : 0;
}

bool conclude_fetch(const struct conclusion *conclusion, struct ledger *ledger, struct error *error)
{
    const struct checkpoint *checkpoint = conclusion->checkpoint;
    struct snapshot_writer *writer = conclusion->writer;
    int64_t began = checkpoint->openings[0].server_time;
    int64_t unique = snapshot_writer_drop_gone(writer, conclusion->since_pass, error);
    int64_t created = snapshot_writer_count_created(writer, began, checkpoint->server_time, error);
    if (unique < 0 || created < 0)
        return false;
    *ledger = (struct ledger){
        .count_first = checkpoint->records[0].count_first,
        .count_last = checkpoint->count_last,
        .unique = unique,
        .duplicates = checkpoint->duplicates,
        .passes = checkpoint->pass,
        .requests = checkpoint->requests,
        .retries = checkpoint->retries,
        .pages = pages_read(checkpoint),
        .server_began_at = began,
        .server_ended_at = checkpoint->server_time,
    };
    if (!put_verdict(conclusion, ledger, error))
        return false;
    drop_counts_of_page(conclusion, ledger);
    put_changes(ledger, count_created(conclusion, unique, created));
    return true;
}
