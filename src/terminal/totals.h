/* A report's numbers for the terminal: within 80 columns, in the report's language. */
#ifndef ROLLCALL_TERMINAL_TOTALS_H
#define ROLLCALL_TERMINAL_TOTALS_H

#include "base/error.h"
#include "report/report.h"
#include "terminal/look.h"

#include <stdbool.h>

struct buffer;

enum { TERMINAL_COLUMNS = 80 };

/* Appends a line that names the account, or nothing if the source has no account. */
void terminal_account_append(const struct source *source, const struct language *language,
                             struct buffer *out);

/* Appends the ledger with its verdict. */
void terminal_ledger_append(const struct ledger *ledger, const struct language *language,
                            const struct terminal_look *look, struct buffer *out);

/* Appends one or more lines for each warning. */
void terminal_warnings_append(const struct warnings *warnings, const struct language *language,
                              struct buffer *out);

/* Appends a table of the key figures, the largest countries and the contacts by activity. Fails as
   tally_each does. */
bool terminal_table_append(const struct report *report, const struct terminal_look *look,
                           struct buffer *out, struct error *error);

#endif
