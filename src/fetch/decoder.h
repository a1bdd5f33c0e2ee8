/* Reads the bodies of answers into pages on threads of their own, beside transfer and storing. */
#ifndef ROLLCALL_DECODER_H
#define ROLLCALL_DECODER_H

#include "base/buffer.h"
#include "base/error.h"
#include "fetch/livedesk.h"

#include <stdbool.h>
#include <stddef.h>

struct decoder;

/* A body, and what became of it. */
struct decoding {
    size_t tag; /* as given to decoder_give */
    struct buffer body;
    struct livedesk_page page; /* if the fault is BODY_FINE */
    enum body_fault fault;
    char description[160]; /* of another fault */
};

/* Makes room for `room` bodies at once. `wake` is called, on another thread, when one has been read
   and there was none to be taken before. Fails with EXIT_UNEXPECTED if no thread can be had. */
bool decoder_open(struct decoder **decoder, size_t room, void (*wake)(void *context), void *context,
                  struct error *error);

/* Takes the body over, and leaves an empty buffer in its place. There is room for it. */
void decoder_give(struct decoder *decoder, size_t tag, struct buffer *body);

/* One that has been read, in no particular order, or NULL if there is none. The caller looks at it
   and gives it back before the next call. */
struct decoding *decoder_take(struct decoder *decoder);
void decoder_give_back(struct decoder *decoder, struct decoding *decoding);

/* Waits for what is being read at the moment. NULL is allowed. */
void decoder_close(struct decoder *decoder);

#endif
