#include "write/ledger_text.h"

#include "base/buffer.h"
#include "lang/language.h"
#include "write/number.h"

#include <stdio.h>

/* Whether the server's counts are those of what has been read. A contact that was removed meanwhile
   may be among it or not. */
static bool counts_agree(const struct ledger *ledger)
{
    int64_t most = ledger->count_first + ledger->created_during;
    return ledger->count_first != COUNT_UNKNOWN && ledger->unique <= most &&
           ledger->unique >= most - ledger->removed_during;
}

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
    if (ledger->complete && !counts_agree(ledger))
        snprintf(text, LEDGER_TEXT_BYTES,
                 "%s: %s read, confirmed by reading again (%lld passes in all), %s", word, unique,
                 (long long)ledger->passes, verdict);
    else if (ledger->count_first == COUNT_UNKNOWN)
        snprintf(text, LEDGER_TEXT_BYTES, "%s: %s read, the server does not count, %s", word,
                 unique, verdict);
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
    if (ledger->complete && counts_agree(ledger))
        language_fill(language, TEXT_LEDGER_COMPLETE, counted, 4, out);
    else if (ledger->complete)
        language_fill(language, TEXT_LEDGER_COMPLETE_UNCOUNTED, uncounted, 2, out);
    else if (ledger->count_first == COUNT_UNKNOWN)
        language_fill(language, TEXT_LEDGER_UNPROVEN_UNCOUNTED, uncounted, 2, out);
    else
        language_fill(language, TEXT_LEDGER_UNPROVEN, counted, 4, out);
}
