/* The languages of the reports: their texts, and how they write numbers, dates and countries.

   All output is UTF-8. French groups digits by U+202F and sets U+00A0 or U+202F before some
   punctuation; French, German and Spanish set U+00A0 before the percent sign. HTML, Excel and
   terminals show these as spaces; do not use these functions for output that programs read. */
#ifndef ROLLCALL_LANGUAGE_H
#define ROLLCALL_LANGUAGE_H

#include "base/error.h"
#include "lang/text.h"
#include "model/warnings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct column;
struct language;
struct zone;

/* The code of the language with that name, or NULL: "zh-Hant" for zh-TW, "de" for DE_at. Case does
   not matter, _ means -, and a region may follow. */
const char *language_find(const char *name);

/* Fails with EXIT_WRONG_USE if no language has that name; the error lists all languages. */
bool language_check(const char *name, struct error *error);

/* Accepts the names that language_find accepts. Fails with EXIT_WRONG_USE if there is no such
   language, with EXIT_UNEXPECTED if its data cannot be read. */
bool language_open(struct language **language, const char *name, struct error *error);

/* NULL is allowed. */
void language_free(struct language *language);

/* The BCP 47 code, as in HTML: "zh-Hans". */
const char *language_code(const struct language *language);

/* Never NULL or "". Lives as long as the language. */
const char *language_text(const struct language *language, enum text_id id);

/* Appends the text; values[0] replaces {0}, and so on. */
void language_fill(const struct language *language, enum text_id id, const char *const *values,
                   size_t count, struct buffer *out);

/* Appends the form of the text that fits the count; the count replaces {0}. `one` is the text's
   …_ONE form. */
void language_count(const struct language *language, enum text_id one, int64_t count,
                    struct buffer *out);

/* Appends the header of a column of contacts. */
void language_column(const struct language *language, const struct column *column,
                     struct buffer *out);

/* Appends "3 contacts without an id were left out". */
void language_warning(const struct language *language, enum warning warning, int64_t count,
                      struct buffer *out);

enum { LANGUAGE_FORMAT_BYTES = 96 }; /* room for a number, a percentage or a moment */

/* "84.211" */
void language_number(const struct language *language, int64_t number,
                     char text[static LANGUAGE_FORMAT_BYTES]);

/* "12,3 %" for 0.123 */
void language_percent(const struct language *language, double share,
                      char text[static LANGUAGE_FORMAT_BYTES]);

/* "22. Nov. 2026", for seconds since 1970 as the zone's clocks show them. A moment outside the
   range of iso8601.h becomes the nearest end of the range. */
void language_date(const struct language *language, int64_t seconds, struct zone *zone,
                   char text[static LANGUAGE_FORMAT_BYTES]);

/* "22. Nov. 2026, 16:04", likewise. All languages count 24 hours. */
void language_moment(const struct language *language, int64_t seconds, struct zone *zone,
                     char text[static LANGUAGE_FORMAT_BYTES]);

/* The name of the country of an upper-case code: "Deutschland". Returns the code itself if there is
   no name; otherwise the name lives as long as the language. */
const char *language_country(const struct language *language, const char *code);

/* The number of columns that a terminal needs to show the text: two for East Asian wide characters
   and for emoji, none for combining or invisible characters. Ambiguous widths count as narrow. */
int language_display_width(const struct language *language, const char *text);

/* Appends the text if it fits into so many columns. Otherwise appends as much as fits, then "…".
   Never separates a character from its combining characters. */
void language_cut(const struct language *language, const char *text, int columns,
                  struct buffer *out);

/* Appends the text in lines of at most so many columns, broken where the language allows it. A
   longer piece that cannot be broken stays whole. */
void language_wrap(const struct language *language, const char *text, int columns,
                   struct buffer *out);

#endif
