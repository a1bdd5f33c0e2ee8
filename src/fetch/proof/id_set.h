/* A set of ids, up to a ceiling. Pure. */
#ifndef ROLLCALL_ID_SET_H
#define ROLLCALL_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ID_SET_MAX = 1 << 20 }; /* ids; those beyond are not kept */

/* {0} is empty. */
struct id_set {
    int64_t *slots; /* owned; `has_zero` tells of the id 0 */
    size_t room;    /* a power of two, or 0 */
    size_t count;
    bool has_zero;
};

/* Returns whether the id is new. A set that is full takes no other, and says so of none. */
bool id_set_add(struct id_set *set, int64_t id);

/* Frees the ids, and leaves an empty set. */
void id_set_clear(struct id_set *set);

#endif
