#include "model/country_memo.h"

#include "base/hash.h"
#include "base/memory.h"
#include "model/country.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Longer texts are looked up each time. */
enum { CODE_BYTES = 8, TEXT_BYTES = 48, SLOTS = 256 };

struct slot {
    bool is_used;
    bool has_code;
    bool has_text;
    char code[CODE_BYTES];
    char text[TEXT_BYTES];
    const struct country *country;
};

struct country_memo {
    struct slot slots[SLOTS];
};

struct country_memo *country_memo_new(void)
{
    return memory_new(1, sizeof(struct country_memo));
}

static bool is_slot_of(const struct slot *slot, const char *code, const char *text)
{
    return slot->is_used && slot->has_code == (code != NULL) && slot->has_text == (text != NULL) &&
           (!code || strcmp(slot->code, code) == 0) && (!text || strcmp(slot->text, text) == 0);
}

const struct country *country_memo_find(struct country_memo *memo, const char *code,
                                        const char *text)
{
    size_t code_length = code ? strnlen(code, CODE_BYTES) : 0;
    size_t text_length = text ? strnlen(text, TEXT_BYTES) : 0;
    if (code_length == CODE_BYTES || text_length == TEXT_BYTES)
        return country_find(code, text);
    uint64_t hash = hash_bytes(hash_bytes(0, code, code_length), text, text_length);
    struct slot *slot = &memo->slots[hash % SLOTS];
    if (is_slot_of(slot, code, text))
        return slot->country;
    *slot = (struct slot){
        .is_used = true,
        .has_code = code != NULL,
        .has_text = text != NULL,
        .country = country_find(code, text),
    };
    memcpy(slot->code, code ? code : "", code_length + 1);
    memcpy(slot->text, text ? text : "", text_length + 1);
    return slot->country;
}
