#include "fetch/reread.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>

/* A hash table with open addressing, at most half full. A search takes PROBES_MAX steps at most,
   even if ids were made to collide; an id that finds no slot by then is not kept. */
enum { SLOTS = 2 * REREAD_MAX, PROBES_MAX = 64 };

/* The contact's slot, or an empty one for it; NULL if neither is near. */
static struct reread_slot *find_slot(const struct reread *reread, int64_t id)
{
    uint64_t hash = hash_bytes(0, (const char *)&id, sizeof id);
    for (size_t probe = 0; probe < PROBES_MAX; probe++) {
        struct reread_slot *slot = &reread->slots[(hash + probe) % SLOTS];
        if (slot->state == REREAD_EMPTY || slot->id == id)
            return slot;
    }
    return NULL;
}

void reread_note(struct reread *reread, int64_t id)
{
    if (!reread->slots)
        reread->slots = memory_new(SLOTS, sizeof *reread->slots);
    struct reread_slot *slot = find_slot(reread, id);
    if (!slot || (slot->state == REREAD_EMPTY && reread->count == REREAD_MAX))
        return;
    reread->count += slot->state == REREAD_EMPTY;
    *slot = (struct reread_slot){id, REREAD_MET};
}

bool reread_take(struct reread *reread, int64_t id)
{
    struct reread_slot *slot = reread->slots ? find_slot(reread, id) : NULL;
    if (!slot || slot->state != REREAD_MET)
        return false;
    slot->state = REREAD_TAKEN;
    return true;
}

void reread_clear(struct reread *reread)
{
    free(reread->slots);
    *reread = (struct reread){0};
}
