/* What went wrong and where. Functions that can fail return false and fill one of these; only main
 * prints it. */
#ifndef ROLLCALL_ERROR_H
#define ROLLCALL_ERROR_H

#include <stdbool.h>

/* The process's exit codes. */
enum exit_code {
    EXIT_DONE = 0,
    EXIT_UNEXPECTED = 1,   /* any other failure */
    EXIT_WRONG_USE = 2,    /* an option, a definition, a template */
    EXIT_UNAUTHORISED = 3, /* no credentials, 401, 403 */
    EXIT_API = 4,          /* the API could not be read */
    EXIT_UNPROVEN = 5,     /* the fetch could not be proven complete */
    EXIT_OUTPUT = 6,       /* an output could not be written */
    EXIT_DIFFERENCE = 7,   /* verify or diff found a difference */
};

struct error {
    enum exit_code code;
    char message[1024]; /* "what: why", without a full stop or newline */
    char hint[512];     /* what to do about it; "" if there is nothing to say */
};

/* Records the failure and drops any earlier hint. Always returns false, for `return error_set(…)`.
 */
bool error_set(struct error *error, enum exit_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds the hint to a failure already recorded. Always returns false. */
bool error_hint(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "place: " before the message: for a caller that knows where the failure happened. Always
   returns false. */
bool error_at(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
