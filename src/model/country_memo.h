/* Remembers which countries were found: contacts say the same few again and again. */
#ifndef ROLLCALL_COUNTRY_MEMO_H
#define ROLLCALL_COUNTRY_MEMO_H

struct country;
struct country_memo;

/* The caller frees it with free(). One thread at a time may use it. */
struct country_memo *country_memo_new(void);

/* The same as country_find(code, text). */
const struct country *country_memo_find(struct country_memo *memo, const char *code,
                                        const char *text);

#endif
