/* Asks a server a few questions, to find out how a fetch from it will go. */
#ifndef ROLLCALL_CHECK_H
#define ROLLCALL_CHECK_H

#include "base/error.h"
#include "model/source.h"

#include <stdbool.h>
#include <stdint.h>

struct credentials;

/* What the server does with page_size. */
enum page_size_kind {
    PAGE_SIZE_HONOURED,
    PAGE_SIZE_CAPPED,  /* honoured up to `page_records` */
    PAGE_SIZE_IGNORED, /* a page always has `page_records` */
    PAGE_SIZE_REFUSED, /* a request with it fails; without it a page has `page_records` */
    PAGE_SIZE_OPEN,    /* unknown, as there are too few contacts */
};

/* Finds the kind. When `asked` records were asked for, `records` came; when `asked_less` were,
   fewer than `records`, then `records_less` came. Pure. */
enum page_size_kind check_page_size_kind(int64_t asked, int64_t records, int64_t asked_less,
                                         int64_t records_less);

enum { CHECK_ANSWERS = 5 };

struct check {
    int64_t count; /* the server's count of contacts, or COUNT_UNKNOWN */
    enum page_size_kind page_size;
    int64_t page_records;              /* contacts on the first page */
    int64_t answers_ms[CHECK_ANSWERS]; /* how long each answer took, the fastest first */
    bool has_clock;
    int64_t clock_ahead_s; /* how far the server's clock is ahead of this machine's */
};

/* Tries each request once, and fails if one fails. */
bool check_server(const struct source *source, const struct credentials *credentials,
                  const char *ca_file, int64_t timeout_ms, struct check *check,
                  struct error *error);

#endif
