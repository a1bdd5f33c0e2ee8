/* How the program's allocator fails. Libraries do not all look at what malloc returns, or they give
   less and say nothing: so it never returns NULL, but ends the program (memory_exhausted). Only a
   request that no machine can grant, above PTRDIFF_MAX, gets NULL: that is a wrong size or a
   library that tries. Sanitizers have an allocator of their own, which ends the program as well. */
#ifndef ROLLCALL_ALLOCATOR_H
#define ROLLCALL_ALLOCATOR_H

/* Call it first of all. */
void allocator_install(void);

#endif
