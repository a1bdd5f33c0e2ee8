/* The model's rules as SQL functions, so that a snapshot can be grouped and sorted by them:

     country_code(code, text)     normalised code, or null
     country_name(code, text)     English name, else the text, blanks folded; null if unknown
     text_spelling(text)          blanks folded
     text_key(text)               the key by which two texts are the same
     custom_value(json, key)      one custom attribute, typed

   and the collation `people`, the order of the Unicode standard that people expect of names. */
#ifndef ROLLCALL_FUNCTIONS_H
#define ROLLCALL_FUNCTIONS_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>

/* Fails with EXIT_UNEXPECTED. */
bool functions_register(sqlite3 *database, struct error *error);

#endif
