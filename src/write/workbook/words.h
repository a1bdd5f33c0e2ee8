/* What the workbook says of the report in words. */
#ifndef ROLLCALL_WORDS_H
#define ROLLCALL_WORDS_H

struct book;
struct buffer;

/* Append when the report was, and whether it is complete. */
void book_as_of(const struct book *book, struct buffer *out);
void book_ledger(const struct book *book, struct buffer *out);

#endif
