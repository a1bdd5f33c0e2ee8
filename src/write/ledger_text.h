/* The ledger in words. */
#ifndef ROLLCALL_LEDGER_TEXT_H
#define ROLLCALL_LEDGER_TEXT_H

#include "model/ledger.h"

enum { LEDGER_TEXT_BYTES = 320 };

/* "Complete: 84,211 at the start, 12 created and 0 removed meanwhile, 84,223 read, none missing".
 */
void ledger_describe(const struct ledger *ledger, char text[static LEDGER_TEXT_BYTES]);

#endif
