/* The ledger in words, in the reader's language. */
#ifndef ROLLCALL_LEDGER_TEXT_H
#define ROLLCALL_LEDGER_TEXT_H

#include "model/ledger.h"

struct buffer;
struct language;

/* "Complete" or "Unproven". Lives as long as the language. */
const char *ledger_verdict(const struct ledger *ledger, const struct language *language);

/* Appends "84,211 at the start, 12 created and 0 removed meanwhile, 84,223 read, none missing". */
void ledger_append(const struct ledger *ledger, const struct language *language,
                   struct buffer *out);

/* Appends the same with the verdict before it: "Complete: 84,211 at the start, …". */
void ledger_append_verdict(const struct ledger *ledger, const struct language *language,
                           struct buffer *out);

#endif
