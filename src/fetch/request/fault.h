/* What a failed request means for the run: whether trying again may help, and what to tell people.
 * Pure. */
#ifndef ROLLCALL_FAULT_H
#define ROLLCALL_FAULT_H

#include "base/error.h"
#include "fetch/request/retry.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct response;
struct secrets;

struct fault_context {
    const char *url; /* of the list */
    int64_t page;
    const char *credentials_origin;
    const struct secrets *secrets; /* what is to be hidden in messages */
    bool has_answered;             /* whether the server has ever answered */
};

/* Explains an answer that is no page of contacts: any outcome but an answer with status 200. */
enum failure fault_of_response(const struct response *response, const struct fault_context *context,
                               struct error *error);

/* Whether an answer with that status may mean that the server refuses page_size. */
bool fault_may_be_page_size(int status);

/* Explains an answer with status 200 whose body cannot be used, in the words of livedesk_read_page.
 */
void fault_of_body(const char *fault, const struct fault_context *context, struct error *error);

/* Explains an answer with status 200 whose body is a message of the server. */
void fault_of_message(const char *body, size_t body_bytes, const struct fault_context *context,
                      struct error *error);

#endif
