/* Removes unfinished files and directories when a signal, or running out of memory, ends the
   program. */
#ifndef ROLLCALL_CLEANUP_H
#define ROLLCALL_CLEANUP_H

#include <stdbool.h>

/* Installs the handlers. From now on a signal that ends the program (SIGINT, SIGTERM, SIGHUP,
   SIGQUIT and such) first removes everything registered. Then it ends the program as usual, so that
   the parent sees the signal. A write to a closed pipe or beyond the file size limit fails
   instead. */
void cleanup_install(void);

/* Registers an absolute path (copied): a file is unlinked, a directory is removed once it is empty.
   The path need not exist: register a file before you make it. False if there is no room for one
   more. */
bool cleanup_add(const char *path);

/* The path is finished, or already gone. */
void cleanup_forget(const char *path);

/* Removes everything registered, now. */
void cleanup_remove_all(void);

/* Removes everything registered, for a thread that then ends the program. Waits while another
   thread holds the signals back. It never returns to a second thread that calls it. */
void cleanup_last(void);

/* The outputs are in place and everything is reported: a failure while the program tidies up
   changes nothing. */
void cleanup_finish(void);
bool cleanup_is_finished(void);

/* Holds back the signals, and any thread in cleanup_last, during calls that must not be
   interrupted. Allocate nothing between such a call and the one that registers or forgets its path.
   Calls do not nest. */
void cleanup_hold_signals(void);
void cleanup_release_signals(void);

#endif
