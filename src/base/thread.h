/* Threads that work for the main one. */
#ifndef ROLLCALL_THREAD_H
#define ROLLCALL_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* Starts one that gets no signals: they are the main thread's, which knows when to hold them back.
   The caller joins it. False if no thread can be had. */
bool thread_start(pthread_t *thread, void *(*run)(void *context), void *context);

#endif
