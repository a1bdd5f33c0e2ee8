/* Protects the process's memory before it holds a secret or personal data. */
#ifndef ROLLCALL_HARDENING_H
#define ROLLCALL_HARDENING_H

/* From now on a crash writes no memory to disk, and no other process of this user can read it. A
   debugger can start the program but no longer attach to it. A sanitizer's build lets it attach,
   because the leak detector does so too. */
void hardening_start(void);

#endif
