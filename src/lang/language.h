/* The languages of the reports: their texts, and how they write numbers, dates and countries.

   All that comes out is UTF-8. French groups digits by U+202F and sets U+00A0 or U+202F before some
   punctuation; French, German and Spanish set U+00A0 before the percent sign. HTML, Excel and
   terminals show these as spaces; what is meant for programs should not pass through here. */
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

/* The code of the language that goes by that name, or NULL: "zh-Hant" for zh-TW, "de" for DE_at.
   Case does not matter, _ stands for -, a region may follow. */
const char *language_find(const char *name);

/* Fails with EXIT_WRONG_USE, naming the ones there are, if there is no language of that name. */
bool language_check(const char *name, struct error *error);

/* Takes what language_find takes. Fails with EXIT_WRONG_USE if there is no such language, with
   EXIT_UNEXPECTED if its data cannot be read. */
bool language_open(struct language **language, const char *name, struct error *error);

/* NULL is allowed. */
void language_free(struct language *language);

/* By BCP 47, as in HTML: "zh-Hans". */
const char *language_code(const struct language *language);

/* Never NULL or "". Lives as long as the language. */
const char *language_text(const struct language *language, enum text_id id);

/* Appends the text with values[0] in the place of {0}, and so on. */
void language_fill(const struct language *language, enum text_id id, const char *const *values,
                   size_t count, struct buffer *out);

/* Appends the form of the text that fits the count, with the count in the place of {0}; `one` is
   the …_ONE of the two. */
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
   range of iso8601.h becomes its nearest end. */
void language_date(const struct language *language, int64_t seconds, struct zone *zone,
                   char text[static LANGUAGE_FORMAT_BYTES]);

/* "22. Nov. 2026, 16:04", likewise. All languages count 24 hours. */
void language_moment(const struct language *language, int64_t seconds, struct zone *zone,
                     char text[static LANGUAGE_FORMAT_BYTES]);

/* The name of the country of an upper-case code: "Deutschland". The code itself where there is no
   name; else it lives as long as the language. */
const char *language_country(const struct language *language, const char *code);

/* The columns that a terminal takes to show the text: two for East Asian wide characters and for
   emoji, none for what combines with the character before it or does not show. Ambiguous widths are
   taken as narrow. */
int language_display_width(const struct language *language, const char *text);

/* Appends the text if it fits into so many columns; else as much of it as leaves room for the "…"
   behind it. Characters with what combines with them stay whole. */
void language_cut(const struct language *language, const char *text, int columns,
                  struct buffer *out);

/* Appends the text in lines of no more than so many columns, broken where the language breaks them.
   A piece that cannot be broken and is longer stays whole. */
void language_wrap(const struct language *language, const char *text, int columns,
                   struct buffer *out);

#endif
