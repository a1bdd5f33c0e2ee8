/* Countries by code and by name: ISO 3166-1 alpha-2, names in the report's languages. */
#ifndef ROLLCALL_COUNTRY_H
#define ROLLCALL_COUNTRY_H

#include <stddef.h>

struct country {
    char code[3];     /* "DE" */
    const char *name; /* in English: "Germany" */
};

/* The country that a contact's `country_code` and `country` (either may be NULL) tell: the code's
   where it is a real one in any case, else the one that bears the text as a name, blanks and case
   aside. NULL if there is none. The result lives as long as the program. Several threads may look
   up at once; the first lookup of a text takes some milliseconds, for reading the names. */
const struct country *country_find(const char *code, const char *text);

/* The country of an upper-case code, or NULL. */
const struct country *country_by_code(const char *code);

#endif
