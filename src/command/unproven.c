#include "command/unproven.h"

#include "base/buffer.h"
#include "base/iso8601.h"
#include "lang/language.h"
#include "model/contact.h"
#include "report/ledger_text.h"

/* Whom the list cannot tell apart. */
static void append_tie(const struct ledger *ledger, const struct language *english,
                       const char *unique, struct buffer *out)
{
    char tied[LANGUAGE_FORMAT_BYTES];
    language_number(english, ledger->tied, tied);
    buffer_print(out, " after %lld passes: %s read; %s of them ", (long long)ledger->passes, unique,
                 tied);
    if (ledger->tied_created_at != TIME_NONE) {
        buffer_append_text(out, "share created_at ");
        struct civil civil = civil_from_seconds(ledger->tied_created_at);
        buffer_print(out, "%04d-%02d-%02d %02d:%02d:%02d UTC", civil.year, civil.month, civil.day,
                     civil.hour, civil.minute, civil.second);
    } else {
        buffer_append_text(out, "have no created_at");
    }
    if (ledger->tied_are_bare)
        buffer_append_text(out, " and have neither email nor phone number");
}

/* What the ledger says, after "not proven complete". */
static void append_reason(const struct ledger *ledger, const struct language *english,
                          struct buffer *out)
{
    char counted[LANGUAGE_FORMAT_BYTES];
    char given[LANGUAGE_FORMAT_BYTES];
    char unique[LANGUAGE_FORMAT_BYTES];
    char left_out[LANGUAGE_FORMAT_BYTES];
    language_number(english, ledger->count_last, counted);
    language_number(english, ledger->given, given);
    language_number(english, ledger->unique, unique);
    language_number(english, ledger->left_out, left_out);
    switch (ledger->reason) {
    case UNPROVEN_COUNTS_MORE:
        buffer_print(out, ": the server counts %s contacts and gives %s", counted, given);
        break;
    case UNPROVEN_LEFT_OUT:
        buffer_print(out, ": %s read, %s left out without a usable id", unique, left_out);
        break;
    case UNPROVEN_BEYOND_REACH:
        buffer_print(out, ": %s read, but the list in the opposite order begins with others",
                     unique);
        break;
    case UNPROVEN_END:
        buffer_print(out, ": %s read, and the server gives no sign that these are all", unique);
        break;
    case UNPROVEN_TIED:
        append_tie(ledger, english, unique, out);
        break;
    case UNPROVEN_CHANGED:
    case UNPROVEN_REASONS:
        buffer_print(out, " after %lld passes: ", (long long)ledger->passes);
        ledger_append(ledger, english, out);
        break;
    }
}

static const char *hint_of(enum unproven reason)
{
    switch (reason) {
    case UNPROVEN_COUNTS_MORE:
        return "it may have a limit, or its count may be wrong; --label or --q can split the "
               "list, --allow-unproven accepts what it gives";
    case UNPROVEN_LEFT_OUT:
        return "are the ids numbers? --allow-unproven accepts what has one";
    case UNPROVEN_BEYOND_REACH:
        return "the server may have a limit; --label or --q can split the list, --allow-unproven "
               "accepts what it gives";
    case UNPROVEN_END:
        return "the list ended without an empty page or at a round number, and the server lists "
               "nothing in the opposite order that would confirm it; --label or --q can split the "
               "list, --allow-unproven accepts what it gives";
    case UNPROVEN_TIED:
        return "the server gives them in a new order at each request: raise --max-passes or "
               "--max-requests, or accept the fetch with --allow-unproven";
    case UNPROVEN_CHANGED:
    case UNPROVEN_REASONS:
        break;
    }
    return "the list changed while it was read, or the server's count is wrong; try again, "
           "raise --max-passes, or accept the fetch with --allow-unproven";
}

bool unproven_refuse(const struct ledger *ledger, struct error *error)
{
    struct language *english;
    struct buffer words = {0};
    if (!language_open(&english, "en", error))
        return false;
    append_reason(ledger, english, &words);
    error_set(error, EXIT_UNPROVEN, "the fetch is not proven complete%s", buffer_text(&words));
    error_hint(error, "%s", hint_of(ledger->reason));
    buffer_free(&words);
    language_free(english);
    return false;
}
