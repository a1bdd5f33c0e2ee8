/* Judges whether the other end of the list confirms that a fetch is complete. Pure.

   A server may give a list and its count only up to a limit, as search engines do. Then nothing in
   what a pass reads shows that there is more. But page 1 of the same list in the opposite order
   begins at the other end: if a pass has read the list whole, it knows all contacts on that page.
   docs/proof.md says what this can see and what not. */
#ifndef ROLLCALL_WITNESS_H
#define ROLLCALL_WITNESS_H

#include "fetch/proof/page_facts.h"
#include "model/checkpoint.h"

#include <stdbool.h>
#include <stdint.h>

enum witness_word {
    WITNESS_CONFIRMS,    /* the page holds contacts that were read, and no others that had to be */
    WITNESS_CONTRADICTS, /* the page holds a contact that had to be read and was not, or nobody that
                            was read */
    WITNESS_IS_SILENT,   /* the page does not surely show the other end */
};

/* Page 1 in the opposite order, and what the fetch knows. */
struct testimony {
    const struct page_facts *page;
    const bool *is_known;         /* of each of its contacts: has been read */
    const struct page_ids *first; /* page 1 in the order of the pass */
    bool is_by_age;               /* the order is that of creation … */
    bool is_oldest_first;         /* … and the witness should begin with the oldest contact */
    int64_t created_before;       /* contacts created before had to be read; 0: all */
    int64_t contacts;             /* how many the fetch has read */
};

enum witness_word witness_judge(const struct testimony *testimony);

/* What becomes of a fetch whose passes prove it complete, after the witness has spoken. */
enum closing {
    CLOSING_COMPLETE,
    CLOSING_READ_ON,      /* another pass may find what is missing */
    CLOSING_BEYOND_REACH, /* there are contacts that no pass reaches */
    CLOSING_END_UNPROVEN, /* the list ended oddly or at a round number, and nothing confirms it */
};

/* `contradicted`: how often the witness has contradicted earlier passes. `round`: as in
   struct verdict_rules. */
enum closing witness_close(enum witness_word word, int contradicted, const struct pass_record *pass,
                           int64_t contacts, int64_t round);

#endif
