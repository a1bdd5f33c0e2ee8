/* Numbers as text. */
#ifndef ROLLCALL_NUMBER_H
#define ROLLCALL_NUMBER_H

#include <stdint.h>

enum { NUMBER_BYTES = 40 };

/* The shortest decimal that reads back as the same number: for programs. */
void number_exact(double number, char text[static NUMBER_BYTES]);

/* For people, in English: 84,211. */
void number_grouped(int64_t number, char text[static NUMBER_BYTES]);

#endif
