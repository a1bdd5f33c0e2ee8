/* Who a made-up contact is: names, addresses, company and home, believable for its country. */
#ifndef SANDBOX_PERSON_H
#define SANDBOX_PERSON_H

#include "collection.h"

/* What the list shows of a person but cannot sort or search by. */
struct person {
    const char *latin;        /* given name in lower-case ASCII */
    const char *country_code; /* may be "", lower-case, or no code at all */
    char code_room[3];
};

/* Fills every text of the contact. At least one of email, phone number and identifier is set. */
void person_make(uint64_t seed, uint32_t ordinal, struct contact *contact, struct person *person);

#endif
