/* Threads that work for the main one. */
#ifndef ROLLCALL_THREAD_H
#define ROLLCALL_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* Starts a thread that receives no signals: only the main thread does, which knows when to hold
   them back. The caller joins the thread. False if no thread can be started. */
bool thread_start(pthread_t *thread, void *(*run)(void *context), void *context);

#endif
