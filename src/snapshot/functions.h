/* The model's rules as SQL functions, so that a snapshot can be grouped and sorted by them:

     country_code(code, text)     normalised code, or null
     country_name(code, text)     English name, else the text, blanks folded; null if unknown
     text_spelling(text)          blanks folded
     text_key(text)               the key by which two texts are the same
     custom_value(json, key)      one custom attribute, typed
     told_company(name, extra, custom), told_country(code, text, custom)
                                  the text, or what a further source says: see further.h

   and the collation `people`, the order of the Unicode standard that people expect of names. */
#ifndef ROLLCALL_FUNCTIONS_H
#define ROLLCALL_FUNCTIONS_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>

struct further_keys;

/* The keys are borrowed as long as the database is open, and may change. Fails with
   EXIT_UNEXPECTED. */
bool functions_register(sqlite3 *database, const struct further_keys *keys, struct error *error);

#endif
