/* Puts an answer on the wire as planned: whole, cut, in drips, without end, or not at all. */
#ifndef SANDBOX_DELIVER_H
#define SANDBOX_DELIVER_H

#include "plan.h"

#include <microhttpd.h>

/* Sends `body`, which is emptied. `stop_fd` becomes readable when the server ends. */
enum MHD_Result deliver(struct MHD_Connection *connection, const struct plan *plan,
                        struct buffer *body, int stop_fd);

/* Breaks the connection so that the client sees a reset. */
enum MHD_Result deliver_reset(struct MHD_Connection *connection);

/* Sends a body made by `read` as it goes; `free_state` is always called on `state`. */
enum MHD_Result deliver_stream(struct MHD_Connection *connection, MHD_ContentReaderCallback read,
                               void *state, MHD_ContentReaderFreeCallback free_state);

#endif
