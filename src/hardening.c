#include "hardening.h"

#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* If the system refuses one call, the other still helps. */
void hardening_start(void)
{
    const struct rlimit none = {0};
    setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
#endif
}
