/* The sheet About: where the numbers come from, and what they mean. */
#ifndef ROLLCALL_ABOUT_H
#define ROLLCALL_ABOUT_H

#include <stdbool.h>

struct book;

/* Adds and fills the sheet. False if the library cannot add it. */
bool about_write(struct book *book);

#endif
