/* What must not stay behind when a signal or want of memory ends the program: unfinished files and
   directories. */
#ifndef ROLLCALL_CLEANUP_H
#define ROLLCALL_CLEANUP_H

#include <stdbool.h>

/* From now on a signal that ends the program (SIGINT, SIGTERM, SIGHUP, SIGQUIT and such) first
   removes everything registered and then ends it as it would have without us, so that the parent
   sees the signal. A write to a closed pipe or beyond the limit of a file's size fails instead. */
void cleanup_install(void);

/* Registers an absolute path (copied) to be unlinked or, as a directory, to be removed once it is
   empty. A path that does not exist is no harm: register a file before it is made. False if there
   is no room for one more. */
bool cleanup_add(const char *path);

/* The path is finished, or already gone. */
void cleanup_forget(const char *path);

/* Removes everything registered, now. */
void cleanup_remove_all(void);

/* Removes everything registered, for a thread that ends the program next. Waits while another
   thread holds the signals back, and never returns to a second one that comes here. */
void cleanup_last(void);

/* The outputs stand and all is said: what fails while the program tidies up takes nothing back. */
void cleanup_finish(void);
bool cleanup_is_finished(void);

/* Holds the signals back, and a thread in cleanup_last, for the few calls that must not be torn
   apart. Allocate nothing between such a call and what registers or forgets its path. Not nested.
 */
void cleanup_hold_signals(void);
void cleanup_release_signals(void);

#endif
