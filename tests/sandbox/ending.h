/* What ends the server: SIGTERM, SIGINT and, if asked for, the end of its standard input. */
#ifndef SANDBOX_ENDING_H
#define SANDBOX_ENDING_H

#include "base/error.h"

/* Blocks the signals in every thread that starts from now on. Returns a descriptor for ending_wait,
   or -1 with the error set. */
int ending_prepare(struct error *error);

/* Returns when the server shall end. If it then takes too long, the process ends by itself; another
   signal ends it at once. */
void ending_wait(int signals_fd, bool with_stdin);

#endif
