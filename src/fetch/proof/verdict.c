#include "fetch/proof/verdict.h"

#include "model/ledger.h"

bool verdict_is_short_of_count(const struct pass_record *pass)
{
    return pass->count_low > pass->rows;
}

/* At a limit contacts enter without being created: each removal lets another one in. */
static bool may_be_at_limit(const struct pass_record *pass, int64_t round)
{
    return pass->length > 0 && pass->length % round == 0;
}

static bool is_proven_by_count(const struct pass_record *pass, int64_t round)
{
    return !may_be_at_limit(pass, round) && pass->count_fits && pass->rejected == 0 &&
           pass->length != COUNT_UNKNOWN && pass->old_since == pass->length;
}

static bool is_count_steady(const struct pass_record *pass)
{
    return pass->count_fits && pass->count_low == pass->rows && pass->count_high == pass->rows;
}

/* Whether the later passes read again each contact that the first of them read, and each of these
   was there when it began. The latter does not matter if no pass read a contact twice. */
static bool is_union_settled(const struct pass_record *first, int64_t rows, bool are_clean)
{
    int64_t usable = rows - first->rejected;
    return first[0].read_since == usable && first[1].read_since == usable &&
           (are_clean || first[0].old_since == usable);
}

static int find_agreement(const struct pass_record *passes, int pass_count, bool nothing_enters)
{
    const struct pass_record *last = &passes[pass_count - 1];
    bool is_counted = is_count_steady(last);
    bool are_clean = last->doubles == 0;
    if (last->fresh > 0 || verdict_is_short_of_count(last) || (last->count_fits && !is_counted) ||
        (last->rejected > 0 && !is_counted))
        return 0;
    int needed = is_counted ? 2 : nothing_enters ? 3 : 4;
    for (int first = pass_count - 1; first >= 1; first--) {
        const struct pass_record *pass = &passes[first - 1];
        if ((pass->ends_oddly && !is_counted) || pass->rows != last->rows ||
            pass->rejected != last->rejected || pass->count_fits != last->count_fits ||
            is_count_steady(pass) != is_counted)
            return 0;
        are_clean = are_clean && pass->doubles == 0;
        if (last->rejected > 0 && !are_clean)
            return 0;
        if (pass_count - first + 1 >= needed && is_union_settled(pass, last->rows, are_clean))
            return first + 1;
    }
    return 0;
}

int verdict_find(const struct pass_record *passes, int pass_count,
                 const struct verdict_rules *rules)
{
    for (int pass = 1; rules->nothing_enters && pass <= pass_count; pass++) {
        const struct pass_record *record = &passes[pass - 1];
        bool holds_by_order = record->holds_by_order && !verdict_is_short_of_count(record);
        if (holds_by_order || is_proven_by_count(record, rules->round))
            return pass;
    }
    return find_agreement(passes, pass_count, rules->nothing_enters);
}
