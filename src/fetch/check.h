/* Asks a server a few questions, to tell how it will be to fetch from. */
#ifndef ROLLCALL_CHECK_H
#define ROLLCALL_CHECK_H

#include "base/error.h"
#include "model/source.h"

#include <stdbool.h>
#include <stdint.h>

struct credentials;

/* What becomes of page_size. */
enum page_size_kind {
    PAGE_SIZE_HONOURED,
    PAGE_SIZE_CAPPED,  /* honoured up to `page_records` */
    PAGE_SIZE_IGNORED, /* a page always has `page_records` */
    PAGE_SIZE_REFUSED, /* a request with it fails; without it a page has `page_records` */
    PAGE_SIZE_OPEN,    /* there are too few contacts to tell */
};

/* The kind, from how many contacts came when `asked` and when `asked_less` were asked for; the
   latter is less than what came first. Pure. */
enum page_size_kind check_page_size_kind(int64_t asked, int64_t records, int64_t asked_less,
                                         int64_t records_less);

enum { CHECK_ANSWERS = 5 };

struct check {
    int64_t count; /* of contacts, as the server says, or COUNT_UNKNOWN */
    enum page_size_kind page_size;
    int64_t page_records;              /* contacts on the first page */
    int64_t answers_ms[CHECK_ANSWERS]; /* how long each answer took, the fastest first */
    bool has_clock;
    int64_t clock_ahead_s; /* of this machine's */
};

/* Fails as the first request does that fails: there is no further attempt. */
bool check_server(const struct source *source, const struct credentials *credentials,
                  const char *ca_file, int64_t timeout_ms, struct check *check,
                  struct error *error);

#endif
