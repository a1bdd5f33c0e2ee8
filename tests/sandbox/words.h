/* The words that made-up contacts are put together from. No real person or company is meant. */
#ifndef SANDBOX_WORDS_H
#define SANDBOX_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum {
    NAMES_PER_LANGUAGE = 12,
    STEMS_PER_LANGUAGE = 6,
    TRADES_PER_LANGUAGE = 6,
    FORMS_PER_LANGUAGE = 2,
    CITIES_PER_COUNTRY = 5,
};

enum language_index {
    ENGLISH,
    GERMAN,
    FRENCH,
    SPANISH,
    PORTUGUESE,
    POLISH,
    TURKISH,
    CHINESE_SIMPLIFIED,
    CHINESE_TRADITIONAL,
    JAPANESE,
    KOREAN,
    ARABIC,
    RUSSIAN,
    HINDI,
    VIETNAMESE,
    LANGUAGES,
};

struct word {
    const char *native; /* as people write it */
    const char *latin;  /* lower-case ASCII, for mail addresses */
};

struct language {
    struct word given[NAMES_PER_LANGUAGE];
    struct word family[NAMES_PER_LANGUAGE];
    bool family_first;
    const char *blank; /* between the words: "" where the script has none */
    const char *stems[STEMS_PER_LANGUAGE];
    const char *trades[TRADES_PER_LANGUAGE];
    const char *forms[FORMS_PER_LANGUAGE];
};

struct country {
    const char *code;    /* ISO 3166-1 alpha-2 */
    const char *english; /* as the widget writes it */
    const char *local;   /* as people type it */
    const char *dial;    /* calling code and the first digits of a mobile number */
    enum language_index language;
    unsigned weight; /* how common, in parts of WORDS_COUNTRY_WEIGHTS */
    const char *cities[CITIES_PER_COUNTRY];
};

struct inbox {
    int id;
    const char *name;
    const char *channel_type;
    const char *provider; /* NULL for most */
};

extern const struct language words_languages[LANGUAGES];

extern const struct country words_countries[];
extern const size_t words_country_count;
enum { WORDS_COUNTRY_WEIGHTS = 1157 }; /* the sum of all weights */

extern const struct inbox words_inboxes[];
extern const size_t words_inbox_count;

/* Labels, the most common first. */
extern const char *const words_labels[];
extern const size_t words_label_count;

/* Names and descriptions that break careless programs. */
extern const char *const words_odd_names[];
extern const size_t words_odd_name_count;
extern const char *const words_descriptions[];
extern const size_t words_description_count;

extern const char *const words_mail_domains[];
extern const size_t words_mail_domain_count;

#endif
