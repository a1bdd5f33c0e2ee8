#include "fetch/proof/id_set.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>

enum { ROOM_FIRST = 64 };

static size_t find_slot(const struct id_set *set, int64_t id)
{
    size_t at = hash_bytes(0, (const char *)&id, sizeof id) & (set->room - 1);
    while (set->slots[at] != 0 && set->slots[at] != id)
        at = (at + 1) & (set->room - 1);
    return at;
}

/* At most half of the slots are in use. */
static void make_room(struct id_set *set)
{
    if (set->count * 2 < set->room)
        return;
    struct id_set larger = {.room = set->room > 0 ? set->room * 2 : ROOM_FIRST};
    larger.slots = memory_new(larger.room, sizeof *larger.slots);
    for (size_t i = 0; i < set->room; i++) {
        if (set->slots[i] != 0)
            larger.slots[find_slot(&larger, set->slots[i])] = set->slots[i];
    }
    free(set->slots);
    set->slots = larger.slots;
    set->room = larger.room;
}

bool id_set_add(struct id_set *set, int64_t id)
{
    bool is_new = id == 0 && !set->has_zero;
    if (set->count >= ID_SET_MAX)
        return false;
    if (id == 0) {
        set->has_zero = true;
        set->count += is_new;
        return is_new;
    }
    make_room(set);
    size_t at = find_slot(set, id);
    is_new = set->slots[at] == 0;
    set->slots[at] = id;
    set->count += is_new;
    return is_new;
}

void id_set_clear(struct id_set *set)
{
    free(set->slots);
    *set = (struct id_set){0};
}
