/* What people write for a country that is no name in ICU's data. */
#ifndef ROLLCALL_COUNTRY_ALIASES_H
#define ROLLCALL_COUNTRY_ALIASES_H

struct country_alias {
    const char *name;
    char code[3]; /* ISO 3166-1 alpha-2 */
};

/* As far as one without a name. Codes written as text are not among them. */
extern const struct country_alias country_aliases[];

#endif
