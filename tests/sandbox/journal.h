/* Counts the requests to the server, and logs them to a file if there is one. */
#ifndef SANDBOX_JOURNAL_H
#define SANDBOX_JOURNAL_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdint.h>

struct journal;

/* `path` may be NULL. Fails with EXIT_WRONG_USE if the file cannot be made. */
struct journal *journal_open(const char *path, struct error *error);
void journal_close(struct journal *journal);

/* Counts a request for contacts and returns its number, from 1. */
uint64_t journal_count(struct journal *journal);

/* Counts whether the credentials of a request were right. */
void journal_authorize(struct journal *journal, bool is_authorized);

/* Counts a connection, even without a request. */
void journal_connect(struct journal *journal);

/* Writes a line; status 0 stands for a connection that was reset. `had_credentials` says whether
   the header was there; its value is never written. Any thread may call it. */
void journal_answer(struct journal *journal, const char *method, const char *url, unsigned status,
                    bool had_credentials);

/* Appends {"requests":N,"authorized":N,"refused":N,"connections":N}. Requests that a fault or the
   rate limit answered count only in the first number. */
void journal_write(struct journal *journal, struct buffer *json);

#endif
