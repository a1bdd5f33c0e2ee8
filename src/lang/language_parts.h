/* What a language holds, shared by the files that make up the module. */
#ifndef ROLLCALL_LANGUAGE_PARTS_H
#define ROLLCALL_LANGUAGE_PARTS_H

#include "lang/catalogue.h"
#include "lang/language.h"

#include <unicode/ubrk.h>
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>

struct language_kind {
    const char *code;
    const char *base; /* ICU's language and script, which identify it */
    const char *script;
};

struct language {
    const struct language_kind *kind;
    struct catalogue catalogue;
    UNumberFormat *number;
    UNumberFormat *percent;
    UDateFormat *date;
    UDateFormat *moment;
    UPluralRules *plural_rules;
    UBreakIterator *characters;
    UBreakIterator *lines;
    char **countries; /* names, in the order of uloc_getISOCountries() */
    size_t country_count;
};

/* Open and close what language_format.c and language_country.c need. A failed opening sets
   `status`; the closing functions still free everything. */
void language_open_formats(struct language *language, UErrorCode *status);
void language_close_formats(struct language *language);
void language_open_countries(struct language *language, UErrorCode *status);
void language_close_countries(struct language *language);

#endif
