#include "fetch/verdict.h"

bool verdict_is_complete(const struct pass_result *result, int pass, bool count_is_whole)
{
    if (result->doubles > 0)
        return false;
    bool count_agrees = count_is_whole && result->count_first == result->count_last &&
                        result->count_first == result->rows;
    bool passes_agree =
        pass > 1 && result->doubles_before == 0 && result->appeared == 0 && result->missed == 0;
    return count_agrees || passes_agree;
}
