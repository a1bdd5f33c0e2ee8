#include "snapshot/known.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

bool known_key(struct known *known, const char *key)
{
    for (size_t i = 0; i < known->key_count; i++) {
        if (strcmp(known->keys[i], key) == 0)
            return true;
    }
    if (known->key_count < KNOWN_KEYS_MAX)
        known->keys[known->key_count++] = memory_copy_text(key);
    return false;
}

static bool is_same(const char *left, const char *right)
{
    return left && right ? strcmp(left, right) == 0 : left == right;
}

static void forget(struct known_inbox *inbox)
{
    free(inbox->name);
    free(inbox->channel_type);
    free(inbox->extra);
    *inbox = (struct known_inbox){0};
}

bool known_inbox(struct known *known, const struct contact_inbox *inbox)
{
    struct known_inbox *place = &known->inboxes[(uint64_t)inbox->inbox_id % KNOWN_INBOXES];
    if (place->is_there && place->id == inbox->inbox_id && is_same(place->name, inbox->name) &&
        is_same(place->channel_type, inbox->channel_type) &&
        is_same(place->extra, inbox->inbox_extra))
        return true;
    forget(place);
    *place = (struct known_inbox){
        .id = inbox->inbox_id,
        .name = memory_copy_text(inbox->name),
        .channel_type = memory_copy_text(inbox->channel_type),
        .extra = memory_copy_text(inbox->inbox_extra),
        .is_there = true,
    };
    return false;
}

void known_free(struct known *known)
{
    for (size_t i = 0; i < known->key_count; i++)
        free(known->keys[i]);
    for (size_t i = 0; i < KNOWN_INBOXES; i++)
        forget(&known->inboxes[i]);
    *known = (struct known){0};
}
