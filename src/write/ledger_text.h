/* The ledger in words: in English for the terminal, in the report's language for its readers. */
#ifndef ROLLCALL_LEDGER_TEXT_H
#define ROLLCALL_LEDGER_TEXT_H

#include "model/ledger.h"

struct buffer;
struct language;

enum { LEDGER_TEXT_BYTES = 320 };

/* "Complete: 84,211 at the start, 12 created and 0 removed meanwhile, 84,223 read, none missing".
 */
void ledger_describe(const struct ledger *ledger, char text[static LEDGER_TEXT_BYTES]);

/* Appends the same in the language, without the verdict before it. */
void ledger_append(const struct ledger *ledger, const struct language *language,
                   struct buffer *out);

#endif
