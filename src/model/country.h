/* Countries by code and by name: ISO 3166-1 alpha-2, names in the report's languages. */
#ifndef ROLLCALL_COUNTRY_H
#define ROLLCALL_COUNTRY_H

#include <stddef.h>

struct country {
    char code[3];     /* "DE" */
    const char *name; /* in English: "Germany" */
};

/* The country that a contact's `country_code` and `country` mean (either may be NULL): the code's
   country if the code is real, else the country whose name is the text. Ignores case, and blanks in
   the name. NULL if there is none. The result lives as long as the program. Several threads may
   look up at once. The first lookup of a text takes some milliseconds, because it reads the
   names. */
const struct country *country_find(const char *code, const char *text);

/* The country of an upper-case code, or NULL. */
const struct country *country_by_code(const char *code);

#endif
