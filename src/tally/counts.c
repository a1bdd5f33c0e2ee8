#include "tally/counts.h"

#include "base/hash.h"
#include "base/memory.h"
#include "snapshot/database.h"

#include <stdlib.h>
#include <string.h>

/* A hash table with open addressing. The table counts as full when PROBES_MAX slots in a row are
   taken. So texts that are made to collide cost more writing, but no search grows long. */
enum { PROBES_MAX = 64 };

static const uint32_t no_text = UINT32_MAX;

const struct counts_ceiling counts_default_ceiling = {.entries = 1 << 14, .bytes = 1 << 20};

/* What identifies an entry: `counted` with its lengths. */
struct key {
    struct counted what;
    uint64_t hash;
    uint32_t code_bytes; /* or no_text */
    uint32_t text_bytes;
};

struct entry {
    struct key key;
    int64_t n;
};

struct counts {
    sqlite3 *database;
    sqlite3_stmt *insert;
    struct counts_ceiling ceiling;
    struct entry *entries;
    size_t entry_count;
    uint32_t *slots; /* 0, or the place of an entry, counted from 1 */
    size_t slot_count;
    char *bytes; /* of the entries' texts */
    size_t used_bytes;
};

bool counts_open(struct counts **opened, sqlite3 *database, const char *table,
                 const struct counts_ceiling *ceiling, struct error *error)
{
    struct counts *counts = memory_new(1, sizeof *counts);
    counts->database = database;
    counts->ceiling = *ceiling;
    counts->slot_count = PROBES_MAX;
    while (counts->slot_count < 2 * ceiling->entries)
        counts->slot_count *= 2;
    counts->slots = memory_new(counts->slot_count, sizeof *counts->slots);
    counts->entries = memory_new(ceiling->entries, sizeof *counts->entries);
    counts->bytes = memory_new(ceiling->bytes, 1);

    char *create = memory_print("CREATE TEMP TABLE %s (number INTEGER, code, text, n)", table);
    char *insert = memory_print("INSERT INTO temp.%s VALUES (?, ?, ?, ?)", table);
    bool ok = database_execute(database, create, error) &&
              database_prepare(database, insert, &counts->insert, error);
    free(create);
    free(insert);
    if (!ok) {
        counts_free(counts);
        return false;
    }
    *opened = counts;
    return true;
}

static uint64_t hash_text(uint64_t hash, const char *text, uint32_t *bytes)
{
    *bytes = text ? (uint32_t)strlen(text) : no_text;
    hash = hash_bytes(hash, (const char *)bytes, sizeof *bytes);
    return text ? hash_bytes(hash, text, *bytes) : hash;
}

static struct key key_of(const struct counted *what)
{
    struct key key = {.what = *what};
    key.hash = hash_bytes(0, (const char *)&what->number, sizeof what->number);
    key.hash = hash_text(key.hash, what->code, &key.code_bytes);
    key.hash = hash_text(key.hash, what->text, &key.text_bytes);
    return key;
}

static size_t stored_bytes(uint32_t bytes)
{
    return bytes == no_text ? 0 : bytes;
}

static bool is_same(const struct key *left, const struct key *right)
{
    return left->hash == right->hash && left->what.number == right->what.number &&
           left->code_bytes == right->code_bytes && left->text_bytes == right->text_bytes &&
           (!left->what.code || memcmp(left->what.code, right->what.code, left->code_bytes) == 0) &&
           (!left->what.text || memcmp(left->what.text, right->what.text, left->text_bytes) == 0);
}

/* The key's slot, or the empty slot where it belongs; NULL if that is too far away. */
static uint32_t *find_slot(const struct counts *counts, const struct key *key)
{
    for (size_t probe = 0; probe < PROBES_MAX; probe++) {
        uint32_t *slot = &counts->slots[(key->hash + probe) & (counts->slot_count - 1)];
        if (*slot == 0 || is_same(&counts->entries[*slot - 1].key, key))
            return slot;
    }
    return NULL;
}

static const char *keep_text(struct counts *counts, const char *text, uint32_t bytes)
{
    if (!text)
        return NULL;
    char *kept = counts->bytes + counts->used_bytes;
    memcpy(kept, text, bytes);
    counts->used_bytes += bytes;
    return kept;
}

static void bind_text(sqlite3_stmt *insert, int place, const char *text, uint32_t bytes)
{
    if (text)
        sqlite3_bind_text(insert, place, text, (int)bytes, SQLITE_STATIC);
    else
        sqlite3_bind_null(insert, place);
}

static bool write_entry(struct counts *counts, const struct key *key, int64_t n,
                        struct error *error)
{
    sqlite3_bind_int64(counts->insert, 1, key->what.number);
    bind_text(counts->insert, 2, key->what.code, key->code_bytes);
    bind_text(counts->insert, 3, key->what.text, key->text_bytes);
    sqlite3_bind_int64(counts->insert, 4, n);
    return database_run(counts->database, counts->insert, error);
}

bool counts_add(struct counts *counts, const struct counted *what, struct error *error)
{
    struct key key = key_of(what);
    uint32_t *slot = find_slot(counts, &key);
    if (slot && *slot > 0) {
        counts->entries[*slot - 1].n++;
        return true;
    }
    size_t bytes = stored_bytes(key.code_bytes) + stored_bytes(key.text_bytes);
    if (bytes > counts->ceiling.bytes)
        return write_entry(counts, &key, 1, error);
    if (!slot || counts->entry_count == counts->ceiling.entries ||
        bytes > counts->ceiling.bytes - counts->used_bytes) {
        if (!counts_flush(counts, error))
            return false;
        slot = find_slot(counts, &key);
    }
    key.what.code = keep_text(counts, what->code, key.code_bytes);
    key.what.text = keep_text(counts, what->text, key.text_bytes);
    counts->entries[counts->entry_count++] = (struct entry){key, 1};
    *slot = (uint32_t)counts->entry_count;
    return true;
}

bool counts_flush(struct counts *counts, struct error *error)
{
    bool ok = database_execute(counts->database, "BEGIN", error);
    for (size_t i = 0; ok && i < counts->entry_count; i++)
        ok = write_entry(counts, &counts->entries[i].key, counts->entries[i].n, error);
    if (!ok || !database_execute(counts->database, "COMMIT", error)) {
        sqlite3_exec(counts->database, "ROLLBACK", NULL, NULL, NULL);
        return false;
    }
    memset(counts->slots, 0, counts->slot_count * sizeof *counts->slots);
    counts->entry_count = 0;
    counts->used_bytes = 0;
    return true;
}

void counts_free(struct counts *counts)
{
    if (!counts)
        return;
    sqlite3_finalize(counts->insert);
    free(counts->entries);
    free(counts->slots);
    free(counts->bytes);
    free(counts);
}
