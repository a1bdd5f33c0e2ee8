/* The order of the next pass, where contacts tie in that of the last one. */
#ifndef ROLLCALL_NEXT_ORDER_H
#define ROLLCALL_NEXT_ORDER_H

#include "base/error.h"
#include "fetch/proof/passes.h"
#include "model/source.h"

#include <stdbool.h>

struct reader;
struct snapshot_writer;

/* Whether the server sorts by several keys at once, as Chatwoot does. */
enum several_keys { SEVERAL_KEYS_UNTRIED, SEVERAL_KEYS_OBEYED, SEVERAL_KEYS_IGNORED };

struct next_order {
    struct reader *reader;
    struct snapshot_writer *writer;
    const struct source *asked; /* the list, in the order of the last pass */
    enum several_keys *several; /* what is known of that; updated */
    bool was_tied;
};

/* Finds the key in which fewest of the contacts read so far tie or, if the server obeys that,
   several keys in which fewer do: that is tried out once, with two requests. Fails as reader_peek
   does, and with EXIT_OUTPUT. */
bool next_order_find(const struct next_order *next, struct pass_order *order, struct error *error);

#endif
