/* The API's answer to a request, with everything that faults do to it. */
#ifndef SANDBOX_SERVICE_H
#define SANDBOX_SERVICE_H

#include "server.h"

#include <microhttpd.h>

struct service;

/* `settings` are borrowed. NULL on failure, with the error set. */
struct service *service_open(const struct server_settings *settings, struct error *error);
void service_close(struct service *service);

/* Ends every wait at once, now and later. */
void service_interrupt(struct service *service);

/* Counts a new connection. Any thread may call it. */
void service_connect(struct service *service);

/* Answers a request whose body, if any, has been read. `url` is the URL as received, for the log.
   Any thread may call it. */
enum MHD_Result service_answer(struct service *service, struct MHD_Connection *connection,
                               const char *path, const char *method, const char *url);

#endif
