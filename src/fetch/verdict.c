#include "fetch/verdict.h"

#include "model/ledger.h"

bool verdict_by_count(int64_t count, int64_t old_read, int64_t rejected)
{
    return count != COUNT_UNKNOWN && old_read + rejected == count;
}

bool verdict_by_agreement(const struct pass_result *result, int pass, bool count_is_whole)
{
    bool more_are_counted = count_is_whole && result->count_first == result->count_last &&
                            result->count_first > result->rows;
    return pass > 1 && result->doubles == 0 && result->doubles_before == 0 &&
           result->appeared == 0 && result->missed == 0 && !more_are_counted;
}
