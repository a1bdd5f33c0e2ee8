#include "base/cleanup.h"

#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Fixed memory: the handler may run at any instant, also inside malloc. */
enum { PATHS_MAX = 64 };
static char paths[PATHS_MAX][PATH_MAX];
static volatile sig_atomic_t in_use[PATHS_MAX];

/* The signals that end a program from outside. */
static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGXCPU, SIGUSR1, SIGUSR2};
static sigset_t held_before;

/* The phase decides who may touch the registered files. */
enum phase { PHASE_OPEN, PHASE_HELD, PHASE_ENDING };
static _Atomic int phase = PHASE_OPEN;
static _Thread_local bool is_holder;
static atomic_bool is_finished;

/* If another thread is ending the program, this call never returns. */
static void enter_phase(enum phase entered)
{
    int expected = PHASE_OPEN;
    while (!atomic_compare_exchange_strong(&phase, &expected, entered)) {
        usleep(1000);
        expected = PHASE_OPEN;
    }
}

void cleanup_remove_all(void)
{
    for (int i = 0; i < PATHS_MAX; i++) {
        if (in_use[i])
            unlink(paths[i]); /* fails on a directory, which is removed later, when it is empty */
    }
    for (int i = PATHS_MAX - 1; i >= 0; i--) {
        if (in_use[i])
            rmdir(paths[i]);
        in_use[i] = false;
    }
}

void cleanup_finish(void)
{
    atomic_store(&is_finished, true);
}

bool cleanup_is_finished(void)
{
    return atomic_load(&is_finished);
}

void cleanup_last(void)
{
    if (!is_holder)
        enter_phase(PHASE_ENDING);
    cleanup_remove_all();
}

/* The program ends here: the interrupted code does not continue. */
static void on_signal(int signal_number)
{
    sigset_t last;
    sigemptyset(&last);
    sigaddset(&last, signal_number);
    cleanup_remove_all();
    signal(signal_number, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &last, NULL);
    raise(signal_number);
}

static void do_nothing(int signal_number)
{
    (void)signal_number;
}

void cleanup_install(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaddset(&action.sa_mask, signals[i]);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction before;
        sigaction(signals[i], NULL, &before);
        /* A program started in the background by nohup or a script ignores these on purpose. */
        if (before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
    /* Not SIG_IGN: the commands that we start would inherit it. */
    struct sigaction nothing = {.sa_handler = do_nothing, .sa_flags = SA_RESTART};
    sigaction(SIGPIPE, &nothing, NULL);
    sigaction(SIGXFSZ, &nothing, NULL);
}

void cleanup_hold_signals(void)
{
    sigset_t hold;
    sigemptyset(&hold);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaddset(&hold, signals[i]);
    sigprocmask(SIG_BLOCK, &hold, &held_before);
    if (!is_holder)
        enter_phase(PHASE_HELD);
    is_holder = true;
}

void cleanup_release_signals(void)
{
    is_holder = false;
    atomic_store(&phase, PHASE_OPEN);
    sigprocmask(SIG_SETMASK, &held_before, NULL);
}

bool cleanup_add(const char *path)
{
    for (int i = 0; i < PATHS_MAX; i++) {
        if (in_use[i])
            continue;
        snprintf(paths[i], sizeof paths[i], "%s", path);
        in_use[i] = true;
        return true;
    }
    return false;
}

void cleanup_forget(const char *path)
{
    for (int i = 0; i < PATHS_MAX; i++) {
        if (in_use[i] && strcmp(paths[i], path) == 0)
            in_use[i] = false;
    }
}
