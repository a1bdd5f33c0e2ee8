/* The requests of a fetch that are under way: each reads one page, through all its attempts. */
#ifndef ROLLCALL_WINDOW_H
#define ROLLCALL_WINDOW_H

#include "base/error.h"
#include "fetch/fetch_options.h"
#include "fetch/http/transfer.h"
#include "fetch/proof/course.h"
#include "fetch/request/pace.h"
#include "fetch/request/retry.h"

#include <stdbool.h>
#include <stdint.h>

/* In this order, those of and above a state can be counted. */
enum request_state {
    REQUEST_FREE,
    REQUEST_WAITING,  /* for its next attempt */
    REQUEST_ANSWERED, /* the body is being read, or the page stored */
    REQUEST_UNDER_WAY,
};

struct request {
    enum request_state state;
    struct reading reading;
    int attempts;
    int64_t started_ms; /* the latest attempt */
    int64_t due_ms;     /* of REQUEST_WAITING: when to try again, on the monotonic clock */
    char *url;
};

struct window {
    struct transfer *transfer; /* borrowed */
    struct pace pace;
    struct request *requests; /* the tag of each is its place */
    int room;                 /* as many as connections */
    int retries;
    int64_t started; /* attempts, in all passes */
    unsigned short chance[3];
};

/* The transfer has room for as many requests as the options have connections. */
void window_open(struct window *window, struct transfer *transfer,
                 const struct fetch_options *options, int64_t now_ms);

/* How many requests have not come to their end. */
int window_count(const struct window *window);

/* Starts what is due again, as far as the pace allows. */
void window_start_due(struct window *window, int64_t now_ms);

/* Whether one more may be started now. */
bool window_has_room(const struct window *window, int64_t now_ms);

/* Starts one, for which there is room; takes the address. */
void window_start(struct window *window, const struct reading *reading, char *url, int64_t now_ms);

/* How long to wait for answers before something else has to be done, at most so long. All that
   could start at that moment has been started. */
int64_t window_wait_ms(const struct window *window, int64_t now_ms, int64_t most_ms);

/* Lets the pace know what became of an attempt. */
void window_note(struct window *window, const struct request *request,
                 const struct response *response);

/* Puts the request off until its next attempt, or gives up: then `error` stands as it is. */
bool window_try_again(struct window *window, struct request *request, enum failure failure,
                      int64_t retry_after_ms, struct error *error);

/* Has it begin anew, at once, with another address, which is taken. */
void window_ask_anew(struct request *request, char *url);

/* The page has come; there is room for another. */
void window_end(struct request *request);

void window_close(struct window *window);

#endif
