/* What must not stay behind when a signal ends the program: unfinished files and directories. */
#ifndef ROLLCALL_CLEANUP_H
#define ROLLCALL_CLEANUP_H

#include <stdbool.h>

/* From now on SIGINT, SIGTERM and SIGHUP remove everything registered and then end the program as
   they would have without us, so that the parent sees the signal. SIGPIPE is ignored: a write then
   fails with EPIPE. */
void cleanup_install(void);

/* Registers an absolute path (copied) to be unlinked or, as a directory, to be removed once it is
   empty. A path that does not exist is no harm: register a file before it is made. False if there
   is no room for one more. */
bool cleanup_add(const char *path);

/* The path is finished, or already gone. */
void cleanup_forget(const char *path);

/* Removes everything registered, now. */
void cleanup_remove_all(void);

/* Holds the signals back, for the few calls that must not be torn apart. Not nested. */
void cleanup_hold_signals(void);
void cleanup_release_signals(void);

#endif
