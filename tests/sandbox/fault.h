/* What can be made to go wrong: the right side of a rule, "WHAT". */
#ifndef SANDBOX_FAULT_H
#define SANDBOX_FAULT_H

#include "base/error.h"
#include "plan.h"

/* One WHAT as it was read; which fields count depends on the kind. */
struct fault {
    const struct fault_kind *kind;
    uint64_t number;
    enum count_form count;
    bool has_retry_after;
    bool retry_after_as_date;
    uint32_t retry_after_seconds;
    char *text;        /* owned, NULL if there is none */
    const char *value; /* in `text`, behind a name */
};

/* Reads a WHAT. Fails with EXIT_WRONG_USE; the fault then needs no fault_free. */
bool fault_parse(const char *what, struct fault *fault, struct error *error);

/* Changes the plan; the plan may borrow the fault's text. */
void fault_apply(const struct fault *fault, struct plan *plan);

/* Appends an example or more of every fault there is, one a line. */
void fault_write_examples(struct buffer *out);

void fault_free(struct fault *fault);

#endif
