/* What a fetch counted, and the verdict. */
#ifndef ROLLCALL_LEDGER_H
#define ROLLCALL_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

enum { COUNT_UNKNOWN = -1 };

/* Why a fetch is unproven. */
enum unproven {
    UNPROVEN_CHANGED,      /* no proof succeeded: the list changed, or its counts are of no use */
    UNPROVEN_COUNTS_MORE,  /* the server steadily counts more than it gives */
    UNPROVEN_LEFT_OUT,     /* too many records have no usable id */
    UNPROVEN_BEYOND_REACH, /* the other end of the list holds contacts that no pass read */
    UNPROVEN_END,          /* the list ended oddly or at a round number, and nothing confirms it */
    UNPROVEN_TIED,         /* contacts that tie in the sort key came twice, and others not at all */
    UNPROVEN_REASONS,
};

struct ledger {
    bool complete;          /* the verdict: complete, or unproven */
    enum unproven reason;   /* if unproven */
    int64_t count_first;    /* the server's count at the start, or COUNT_UNKNOWN */
    int64_t count_last;     /* the server's count at the end, or COUNT_UNKNOWN */
    int64_t unique;         /* distinct ids read */
    int64_t left_out;       /* records without a usable id in the pass that counts */
    int64_t duplicates;     /* records read whose id the same pass had already read */
    int64_t created_during; /* contacts created while the fetch ran */
    int64_t removed_during; /* contacts removed while the fetch ran, as far as the counts show */
    int64_t passes;
    int64_t requests; /* answered or not, including repeated ones */
    int64_t retries;  /* those of them that repeated a failed request */
    int64_t pages;    /* answers that were pages of the list, including those read again */
    int64_t given;    /* records that the last pass received, if the server steadily counted more of
                         them; else COUNT_UNKNOWN */
    /* The largest group of contacts that tie, if that is why the fetch is unproven. */
    int64_t tied;            /* how many of them were read; 0: none */
    int64_t tied_created_at; /* when all of them were created, or TIME_NONE */
    bool tied_are_bare;      /* they have neither email nor phone number */
    /* The server's clock, in seconds since 1970; 0: unknown. */
    int64_t server_began_at; /* at the first page */
    int64_t server_ended_at; /* in its latest answer */
};

/* "count", "left-out", …: the word of docs/snapshot.md. */
const char *unproven_name(enum unproven reason);

#endif
