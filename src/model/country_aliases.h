/* Names that people use for countries and that ICU's data lacks. */
#ifndef ROLLCALL_COUNTRY_ALIASES_H
#define ROLLCALL_COUNTRY_ALIASES_H

struct country_alias {
    const char *name;
    char code[3]; /* ISO 3166-1 alpha-2 */
};

/* Ends with an entry whose name is NULL. Does not contain codes written as text. */
extern const struct country_alias country_aliases[];

#endif
