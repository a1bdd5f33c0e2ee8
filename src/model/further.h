/* Further sources of a contact's company and country: members that count where the usual ones are
   blank. They are looked at whenever a snapshot is read; the snapshot keeps what came. */
#ifndef ROLLCALL_FURTHER_H
#define ROLLCALL_FURTHER_H

struct arena;

/* The custom attributes that the user names; NULL: none. Borrowed. */
struct further_keys {
    const char *country;
    const char *company;
};

/* The company: `company_name` unless it is blank; else `additional_attributes.company`, where older
   imports put it and which stands in `extra`; else the custom attribute `key`; else `company_name`.
   All may be NULL, the result too. It is borrowed, or the arena's. */
const char *further_company(const char *company_name, const char *extra, const char *custom,
                            const char *key, struct arena *arena);

/* The text that names the country beside `code`: `country` unless both are blank; else the custom
   attribute `key`; else `country`. Likewise. */
const char *further_country(const char *code, const char *country, const char *custom,
                            const char *key, struct arena *arena);

#endif
