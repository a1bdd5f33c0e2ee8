#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

void number_exact(double number, char text[static NUMBER_BYTES])
{
    /* Any decimal of DBL_DIG digits survives, and %g drops the zeros of shorter ones. But the
       smallest numbers of all do not have that many digits. */
    int digits = fabs(number) < DBL_MIN ? 1 : DBL_DIG;
    for (; digits <= DBL_DECIMAL_DIG; digits++) {
        snprintf(text, NUMBER_BYTES, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            return;
    }
}

void number_grouped(int64_t number, char text[static NUMBER_BYTES])
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[NUMBER_BYTES];
    UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, "en", NULL, &status);
    int32_t length = unum_formatInt64(format, number, wide, NUMBER_BYTES, NULL, &status);
    unum_close(format);
    u_strToUTF8(text, NUMBER_BYTES, NULL, wide, length, &status);
    if (U_FAILURE(status))
        text[0] = '\0';
}
