#include "report/ledger_text.h"

#include "base/buffer.h"
#include "lang/language.h"

/* Whether the server's counts agree with the contacts read. A contact removed during the fetch may
   have been read or not. */
static bool counts_agree(const struct ledger *ledger)
{
    int64_t most = ledger->count_first + ledger->created_during - ledger->left_out;
    return ledger->count_first != COUNT_UNKNOWN && ledger->unique <= most &&
           ledger->unique >= most - ledger->removed_during;
}

const char *ledger_verdict(const struct ledger *ledger, const struct language *language)
{
    return language_text(language,
                         ledger->complete ? TEXT_VERDICT_COMPLETE : TEXT_VERDICT_UNPROVEN);
}

static void append_counts(const struct ledger *ledger, const struct language *language,
                          struct buffer *out)
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

void ledger_append(const struct ledger *ledger, const struct language *language, struct buffer *out)
{
    char left_out[LANGUAGE_FORMAT_BYTES];
    struct buffer counts = {0};
    if (ledger->left_out == 0) {
        append_counts(ledger, language, out);
        return;
    }
    append_counts(ledger, language, &counts);
    language_number(language, ledger->left_out, left_out);
    const char *const values[] = {buffer_text(&counts), left_out};
    language_fill(language, TEXT_LEDGER_LEFT_OUT, values, 2, out);
    buffer_free(&counts);
}

void ledger_append_verdict(const struct ledger *ledger, const struct language *language,
                           struct buffer *out)
{
    struct buffer details = {0};
    ledger_append(ledger, language, &details);
    const char *const values[] = {ledger_verdict(ledger, language), buffer_text(&details)};
    language_fill(language, TEXT_JOIN_LABELLED, values, 2, out);
    buffer_free(&details);
}
