#include "write/workbook/words.h"

#include "report/ledger_text.h"
#include "write/workbook/book.h"

void book_as_of(const struct book *book, struct buffer *out)
{
    const struct report *report = book->report;
    char moment[LANGUAGE_FORMAT_BYTES];
    language_moment(book->language, report->as_of, report->zone, moment);
    const char *const values[] = {moment, zone_name(report->zone)};
    language_fill(book->language, TEXT_REPORT_AS_OF, values, 2, out);
}

void book_ledger(const struct book *book, struct buffer *out)
{
    ledger_append_verdict(book->report->ledger, book->language, out);
}
