/* How the program's allocator fails. Some libraries do not check what malloc returns, or silently
   return less. So the allocator never returns NULL, but ends the program (memory_exhausted). Only a
   request above PTRDIFF_MAX, which no machine can grant, gets NULL: either the size is wrong, or a
   library probes. Sanitizers have their own allocator, which ends the program as well. */
#ifndef ROLLCALL_ALLOCATOR_H
#define ROLLCALL_ALLOCATOR_H

/* Call it before anything else. */
void allocator_install(void);

#endif
