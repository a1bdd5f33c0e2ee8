#include "fetch/proof/reading.h"

bool reading_is_stored(enum reading_kind kind)
{
    return kind == READING_FIRST || kind == READING_AGAIN || kind == READING_TIED ||
           kind == READING_LAST_SENTINEL;
}
