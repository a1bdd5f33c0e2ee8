/* The faults: the right side of a rule, "WHAT". */
#ifndef SANDBOX_FAULT_H
#define SANDBOX_FAULT_H

#include "base/error.h"
#include "plan.h"

/* One parsed WHAT; its kind decides which fields count. */
struct fault {
    const struct fault_kind *kind;
    uint64_t number;
    enum count_form count;
    bool has_retry_after;
    bool retry_after_as_date;
    uint32_t retry_after_seconds;
    char *text;        /* owned, NULL if there is none */
    const char *value; /* in `text`, after a name */
};

/* Reads a WHAT. Fails with EXIT_WRONG_USE; the fault then needs no fault_free. */
bool fault_parse(const char *what, struct fault *fault, struct error *error);

/* Changes the plan; the plan may borrow the fault's text. */
void fault_apply(const struct fault *fault, struct plan *plan);

/* Appends at least one example of every fault, one a line. */
void fault_write_examples(struct buffer *out);

void fault_free(struct fault *fault);

#endif
