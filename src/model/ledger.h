/* What a fetch counted, and the verdict. */
#ifndef ROLLCALL_LEDGER_H
#define ROLLCALL_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

enum { COUNT_UNKNOWN = -1 };

struct ledger {
    bool complete;          /* the verdict: complete, or unproven */
    int64_t count_first;    /* the server's count at the start, or COUNT_UNKNOWN */
    int64_t count_last;     /* the server's count at the end, or COUNT_UNKNOWN */
    int64_t unique;         /* distinct ids read */
    int64_t duplicates;     /* records read whose id the same pass had already read */
    int64_t created_during; /* contacts created while the fetch ran */
    int64_t removed_during; /* contacts removed while the fetch ran, as far as the counts show */
    int64_t passes;
    int64_t requests; /* answered or not, including repeated ones */
    int64_t retries;  /* those of them that repeated a failed request */
    int64_t pages;    /* answers that were pages of the list, including those read again */
    int64_t given;    /* records that the last pass received, if the server steadily counted more of
                         them; else COUNT_UNKNOWN */
    /* The server's clock, in seconds since 1970; 0: unknown. */
    int64_t server_began_at; /* at the first page */
    int64_t server_ended_at; /* in its latest answer */
};

#endif
