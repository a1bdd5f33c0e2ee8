/* What the workbook says about the report in words. */
#ifndef ROLLCALL_WORDS_H
#define ROLLCALL_WORDS_H

struct book;
struct buffer;

/* Append the report's as-of date, and whether it is complete. */
void book_as_of(const struct book *book, struct buffer *out);
void book_ledger(const struct book *book, struct buffer *out);

#endif
