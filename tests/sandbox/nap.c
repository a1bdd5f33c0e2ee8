#include "nap.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>

bool nap_ms(int stop_fd, uint64_t ms)
{
    struct pollfd stop = {.fd = stop_fd, .events = POLLIN};
    int timeout_ms = ms > INT_MAX ? INT_MAX : (int)ms;
    int ready;
    do
        ready = poll(&stop, 1, timeout_ms);
    while (ready < 0 && errno == EINTR);
    return ready == 0;
}
