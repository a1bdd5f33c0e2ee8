#include "write/ledger_text.h"

#include "base/buffer.h"
#include "lang/language.h"
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

void ledger_append(const struct ledger *ledger, const struct language *language, struct buffer *out)
{
    char first[LANGUAGE_FORMAT_BYTES];
    char created[LANGUAGE_FORMAT_BYTES];
    char removed[LANGUAGE_FORMAT_BYTES];
    char unique[LANGUAGE_FORMAT_BYTES];
    char passes[LANGUAGE_FORMAT_BYTES];
    language_number(language, ledger->count_first, first);
    language_number(language, ledger->created_during, created);
    language_number(language, ledger->removed_during, removed);
    language_number(language, ledger->unique, unique);
    language_number(language, ledger->passes, passes);
    const char *const counted[] = {first, created, removed, unique};
    const char *const uncounted[] = {unique, passes};
    if (ledger->count_first == COUNT_UNKNOWN)
        language_fill(language,
                      ledger->complete ? TEXT_LEDGER_COMPLETE_UNCOUNTED
                                       : TEXT_LEDGER_UNPROVEN_UNCOUNTED,
                      uncounted, 2, out);
    else
        language_fill(language, ledger->complete ? TEXT_LEDGER_COMPLETE : TEXT_LEDGER_UNPROVEN,
                      counted, 4, out);
}
