#include "ending.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { STOP_SECONDS_MAX = 5 };

static sigset_t endings(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

int ending_prepare(struct error *error)
{
    sigset_t set = endings();
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    int signals_fd = signalfd(-1, &set, SFD_CLOEXEC);
    if (signals_fd < 0)
        error_set(error, EXIT_UNEXPECTED, "signalfd: %s", strerror(errno));
    return signals_fd;
}

/* The input itself is ignored. */
static bool has_stdin_ended(void)
{
    char bytes[4096];
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
    return got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
}

void ending_wait(int signals_fd, bool with_stdin)
{
    struct pollfd sources[] = {{.fd = signals_fd, .events = POLLIN},
                               {.fd = STDIN_FILENO, .events = POLLIN}};
    bool is_ending = false;
    while (!is_ending) {
        if (poll(sources, with_stdin ? 2 : 1, -1) < 0)
            continue;
        is_ending = sources[0].revents || (with_stdin && sources[1].revents && has_stdin_ended());
    }
    signal(SIGALRM, SIG_DFL);
    alarm(STOP_SECONDS_MAX);
    sigset_t set = endings();
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    /* Takes the pending signal, so that this one does not end the process. */
    struct signalfd_siginfo info;
    if (sources[0].revents && read(signals_fd, &info, sizeof info) < 0)
        return;
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}
