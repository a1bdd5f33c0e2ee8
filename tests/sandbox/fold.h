/* Texts compared without case, in every script that has one. */
#ifndef SANDBOX_FOLD_H
#define SANDBOX_FOLD_H

#include <stdbool.h>
#include <stddef.h>

/* Copies UTF-8 text in lower case; bytes that are no UTF-8 stay as they are. Returns false, with
   `folded` cut, if it does not fit. The program's LC_CTYPE must be a UTF-8 one. */
bool fold_text(const char *text, char *folded, size_t size);

/* Whether `text`, which may be NULL, holds `folded` in any case. */
bool fold_contains(const char *text, const char *folded);

#endif
