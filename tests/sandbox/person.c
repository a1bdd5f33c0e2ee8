#include "person.h"

#include "dice.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

enum { COMPANIES_PER_COUNTRY = 40 };

static void lower_ascii(char *text)
{
    for (; *text; text++)
        if (*text >= 'A' && *text <= 'Z')
            *text = (char)(*text - 'A' + 'a');
}

static void upper_ascii(char *text)
{
    for (; *text; text++)
        if (*text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
}

static const struct country *pick_country(struct dice *dice)
{
    uint32_t at = dice_below(dice, WORDS_COUNTRY_WEIGHTS);
    const struct country *country = words_countries;
    while (at >= country->weight)
        at -= (country++)->weight;
    return country;
}

/* Some people live far from the country of their name. */
static const struct language *pick_language(const struct country *home, struct dice *dice)
{
    enum language_index language = home->language;
    if (dice_percent(dice, 8))
        language = (enum language_index)dice_below(dice, LANGUAGES);
    return &words_languages[language];
}

static void set_name(struct contact *contact, const struct language *language,
                     const struct word *given, const struct word *family, struct dice *dice)
{
    const struct word *first = language->family_first ? family : given;
    const struct word *last = language->family_first ? given : family;
    uint32_t chance = dice_below(dice, 100);
    char *room = contact->name_room;
    snprintf(room, sizeof contact->name_room, "%s%s%s", first->native, language->blank,
             last->native);
    contact->name = room;
    if (chance < 1)
        contact->name = NULL;
    else if (chance < 3)
        contact->name = "";
    else if (chance < 5)
        contact->name = words_odd_names[dice_below(dice, (uint32_t)words_odd_name_count)];
    else if (chance < 9)
        snprintf(room, sizeof contact->name_room, "%s", given->native);
    else if (chance < 12)
        snprintf(room, sizeof contact->name_room, "%s.%s", given->latin, family->latin);
}

/* The ordinal makes every address unique, as the product requires. */
static void set_addresses(struct contact *contact, uint32_t ordinal, const struct country *home,
                          const struct word *given, const struct word *family, struct dice *dice)
{
    contact->email = NULL;
    if (dice_percent(dice, 80)) {
        uint32_t domain = dice_skewed(dice, (uint32_t)words_mail_domain_count);
        snprintf(contact->email_room, sizeof contact->email_room, "%s.%s%u@%s", given->latin,
                 family->latin, ordinal, words_mail_domains[domain]);
        if (dice_percent(dice, 4))
            upper_ascii(contact->email_room);
        contact->email = contact->email_room;
    } else if (dice_percent(dice, 10)) {
        contact->email = "";
    }

    contact->phone_number = NULL;
    if (dice_percent(dice, 55)) {
        /* A factor that neither 2 nor 5 divides only reorders the ten million numbers. */
        uint64_t digits = ordinal * UINT64_C(7368787) % CONTACTS_MAX;
        snprintf(contact->phone_room, sizeof contact->phone_room, "%s%07u", home->dial,
                 (unsigned)digits);
        contact->phone_number = contact->phone_room;
    }

    contact->identifier = NULL;
    bool has_address = contact->phone_number || (contact->email && *contact->email);
    if (!has_address || dice_percent(dice, 40)) {
        static const char *const prefixes[] = {"", "000", "crm-", "客户"};
        char *room = contact->identifier_room;
        snprintf(room, sizeof contact->identifier_room, "%s%u", prefixes[dice_skewed(dice, 4)],
                 4000 + ordinal);
        contact->identifier = room;
    }
}

/* Two spellings that are equal in Unicode. */
static const char *ligature_of(const char *form)
{
    if (strcmp(form, "株式会社") == 0)
        return "㍿";
    return strcmp(form, "(주)") == 0 ? "㈜" : form;
}

/* One company of a country, spelled as this person happened to spell it. */
static void set_company(uint64_t seed, struct contact *contact, const struct country *home,
                        struct dice *dice)
{
    uint32_t chance = dice_below(dice, 100);
    contact->company = chance < 25 ? "" : NULL;
    if (chance < 35)
        return;
    uint64_t country = (uint64_t)(home - words_countries);
    uint32_t number = dice_skewed(dice, COMPANIES_PER_COUNTRY);
    struct dice company = dice_for(seed, country * COMPANIES_PER_COUNTRY + number, FOR_COMPANY);
    const struct language *language = &words_languages[home->language];
    const char *stem = language->stems[dice_below(&company, STEMS_PER_LANGUAGE)];
    const char *trade = language->trades[dice_below(&company, TRADES_PER_LANGUAGE)];
    const char *form = language->forms[dice_below(&company, FORMS_PER_LANGUAGE)];
    const char *blank = language->blank;
    char *room = contact->company_room;
    contact->company = room;

    uint32_t spelling = dice_below(dice, 100);
    if (spelling < 5)
        form = ligature_of(form);
    const char *edge = spelling >= 90 && spelling < 94 ? "  " : "";
    const char *gap = spelling >= 94 && *blank ? "  " : blank;
    snprintf(room, sizeof contact->company_room, "%s%s%s%s%s%s%s", edge, stem, gap, trade, blank,
             form, edge);
    if (spelling >= 80 && spelling < 85)
        upper_ascii(room);
    else if (spelling >= 85 && spelling < 90)
        lower_ascii(room);
}

/* The widget fills code and name; imports and people fill what they like. */
static void set_home(struct contact *contact, struct person *person, const struct country *home,
                     struct dice *dice)
{
    contact->city = home->cities[dice_skewed(dice, CITIES_PER_COUNTRY)];
    contact->country = home->english;
    person->country_code = home->code;
    uint32_t chance = dice_below(dice, 100);
    if (chance < 8) {
        contact->country = home->local;
        person->country_code = "";
    } else if (chance < 14) {
        snprintf(person->code_room, sizeof person->code_room, "%s", home->code);
        lower_ascii(person->code_room);
        person->country_code = person->code_room;
    } else if (chance < 20) {
        contact->country = "";
    } else if (chance < 24) {
        contact->country = home->local;
        person->country_code = NULL;
    } else if (chance < 31) {
        contact->country = contact->city = person->country_code = chance < 29 ? "" : NULL;
    } else if (chance < 32) {
        contact->country = dice_percent(dice, 50) ? "EMEA" : " n/a ";
        person->country_code = "ZZ";
    }
}

void person_make(uint64_t seed, uint32_t ordinal, struct contact *contact, struct person *person)
{
    struct dice dice = dice_for(seed, ordinal, FOR_PERSON);
    const struct country *home = pick_country(&dice);
    const struct language *language = pick_language(home, &dice);
    const struct word *given = &language->given[dice_below(&dice, NAMES_PER_LANGUAGE)];
    const struct word *family = &language->family[dice_skewed(&dice, NAMES_PER_LANGUAGE)];
    person->latin = given->latin;
    set_name(contact, language, given, family, &dice);
    set_addresses(contact, ordinal, home, given, family, &dice);
    set_company(seed, contact, home, &dice);
    set_home(contact, person, home, &dice);
}
