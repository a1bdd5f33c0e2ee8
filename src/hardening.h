/* What the process asks of the system before it holds a secret or anybody's data. */
#ifndef ROLLCALL_HARDENING_H
#define ROLLCALL_HARDENING_H

/* From now on a crash writes no memory to disk, and of this user's other processes none reads it.
   A debugger can no longer attach but start the program; a sanitizer's build lets it, as the search
   for leaks does that too. */
void hardening_start(void);

#endif
