#include "write/ledger_text.h"

#include "write/number.h"

#include <stdio.h>

void ledger_describe(const struct ledger *ledger, char text[static LEDGER_TEXT_BYTES])
{
    char first[NUMBER_BYTES];
    char created[NUMBER_BYTES];
    char removed[NUMBER_BYTES];
    char unique[NUMBER_BYTES];
    number_grouped(ledger->count_first, first);
    number_grouped(ledger->created_during, created);
    number_grouped(ledger->removed_during, removed);
    number_grouped(ledger->unique, unique);
    const char *verdict = ledger->complete ? "none missing" : "not proven that none is missing";
    const char *word = ledger->complete ? "Complete" : "Unproven";
    if (ledger->count_first == COUNT_UNKNOWN)
        snprintf(text, LEDGER_TEXT_BYTES, "%s: %s read, %s, %s", word, unique,
                 ledger->complete ? "the same in two passes" : "the server does not count",
                 verdict);
    else
        snprintf(text, LEDGER_TEXT_BYTES,
                 "%s: %s at the start, %s created and %s removed meanwhile, %s read, %s", word,
                 first, created, removed, unique, verdict);
}
