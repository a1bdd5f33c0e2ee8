#include "changes.h"

#include "base/clock.h"
#include "base/memory.h"
#include "dice.h"
#include "number.h"
#include "when.h"

#include <stdlib.h>
#include <string.h>

enum who { WHO_ID, WHO_FIRST, WHO_LAST, WHO_RANDOM };

struct change {
    struct when when;
    const struct change_kind *kind;
    uint64_t number; /* of contacts to be created */
    enum who who;
    int64_t id;
    char *label; /* owned; NULL if the change concerns no label */
    bool is_unlabelled;
};

struct change_kind {
    const char *name;
    /* Parses the text after the name, "" if there is none, and changes it. */
    bool (*parse)(char *arguments, struct change *change, struct error *error);
    /* Changes contact `ordinal`; NULL if the change concerns no existing contact. */
    void (*apply)(const struct change *change, struct roster *roster, uint32_t ordinal);
};

struct changes {
    struct roster *roster;
    uint64_t seed;
    uint64_t happened;
    struct change changes[CHANGES_MAX];
    size_t count;
};

struct changes *changes_new(void)
{
    return memory_new(1, sizeof(struct changes));
}

void changes_free(struct changes *changes)
{
    if (!changes)
        return;
    for (size_t i = 0; i < changes->count; i++)
        free(changes->changes[i].label);
    free(changes);
}

/* ID | first | last | random */
static bool parse_who(const char *word, struct change *change, struct error *error)
{
    static const char *const names[] = {
        [WHO_FIRST] = "first", [WHO_LAST] = "last", [WHO_RANDOM] = "random"};
    uint64_t id;
    for (enum who who = WHO_FIRST; who <= WHO_RANDOM; who++) {
        if (strcmp(word, names[who]) == 0) {
            change->who = who;
            return true;
        }
    }
    change->who = WHO_ID;
    if (!number_parse(word, 0, INT64_MAX, &id, error))
        return error_set(error, EXIT_WRONG_USE, "needs an id, first, last or random");
    change->id = (int64_t)id;
    return true;
}

/* [N] */
static bool parse_create(char *arguments, struct change *change, struct error *error)
{
    change->number = 1;
    return !*arguments || number_parse(arguments, 1, CONTACTS_MAX, &change->number, error);
}

static bool parse_remove(char *arguments, struct change *change, struct error *error)
{
    return parse_who(arguments, change, error);
}

/* Cuts off the last word; NULL if no other word precedes it. */
static char *cut_last_word(char *text)
{
    char *blank = strrchr(text, ' ');
    if (!blank)
        return NULL;
    char *word = blank + 1;
    while (blank > text && blank[-1] == ' ')
        blank--;
    *blank = '\0';
    return word;
}

/* LABEL add|remove WHO; a label may hold blanks. */
static bool parse_relabel(char *arguments, struct change *change, struct error *error)
{
    const char *who = cut_last_word(arguments);
    const char *what = who ? cut_last_word(arguments) : NULL;
    if (!what || !*arguments || (strcmp(what, "add") != 0 && strcmp(what, "remove") != 0))
        return error_set(error, EXIT_WRONG_USE, "is \"LABEL add|remove WHO\"");
    if (!parse_who(who, change, error))
        return false;
    change->is_unlabelled = strcmp(what, "remove") == 0;
    change->label = memory_copy_text(arguments);
    return true;
}

static void apply_remove(const struct change *change, struct roster *roster, uint32_t ordinal)
{
    (void)change;
    roster_remove(roster, ordinal);
}

static uint64_t bit_of(const struct change *change, const struct collection *contacts)
{
    return collection_label_bit(contacts, change->label, strlen(change->label));
}

static void apply_relabel(const struct change *change, struct roster *roster, uint32_t ordinal)
{
    const struct collection *contacts = roster_contacts(roster);
    uint64_t labels = collection_labels(contacts, ordinal);
    roster_relabel(roster, ordinal, labels ^ bit_of(change, contacts));
}

static const struct change_kind kinds[] = {
    {"create", parse_create, NULL},
    {"remove", parse_remove, apply_remove},
    {"relabel", parse_relabel, apply_relabel},
};

static bool parse_what(char *what, struct change *change, struct error *error)
{
    size_t length = strcspn(what, " ");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strlen(kinds[i].name) != length || strncmp(kinds[i].name, what, length) != 0)
            continue;
        change->kind = &kinds[i];
        return kinds[i].parse(what + length + strspn(what + length, " "), change, error) ||
               error_at(error, "%s", kinds[i].name);
    }
    return error_set(error, EXIT_WRONG_USE, "no change is called \"%.*s\"", (int)length, what);
}

bool changes_add(struct changes *changes, const char *text, struct error *error)
{
    struct change change = {0};
    char *what;
    if (changes->count == CHANGES_MAX)
        return error_set(error, EXIT_WRONG_USE, "more than %d rules", CHANGES_MAX);
    char *copy = memory_copy_text(text);
    bool is_parsed =
        when_parse(copy, &change.when, &what, error) && parse_what(what, &change, error);
    free(copy);
    if (!is_parsed)
        return error_at(error, "change \"%.80s\"", text);
    changes->changes[changes->count++] = change;
    return true;
}

bool changes_bind(struct changes *changes, struct roster *roster, uint64_t seed,
                  struct error *error)
{
    changes->roster = roster;
    changes->seed = seed;
    for (size_t i = 0; i < changes->count; i++) {
        const char *label = changes->changes[i].label;
        if (label && !roster_add_label(roster, label, error))
            return error_at(error, "change \"relabel %.40s\"", label);
    }
    return true;
}

/* Whether the change can happen to this contact and, if it names one, whether it names this one. */
static bool concerns(const struct change *change, const struct roster *roster, uint64_t bit,
                     uint32_t ordinal)
{
    const struct collection *contacts = roster_contacts(roster);
    if (!roster_lists(roster, ordinal))
        return false;
    if (change->who == WHO_ID && collection_id(contacts, ordinal) != change->id)
        return false;
    bool is_labelled = bit && (collection_labels(contacts, ordinal) & bit);
    return is_labelled == change->is_unlabelled;
}

/* Picks one of the contacts concerned. */
static bool find(const struct changes *changes, const struct change *change, uint32_t *ordinal)
{
    const struct roster *roster = changes->roster;
    const struct collection *contacts = roster_contacts(roster);
    uint64_t bit = change->label ? bit_of(change, contacts) : 0;
    uint32_t concerned = 0;
    for (uint32_t i = 0; i < contacts->count; i++)
        concerned += concerns(change, roster, bit, i);
    if (concerned == 0)
        return false;
    struct dice dice = dice_for_event(changes->seed, changes->happened);
    uint32_t left = change->who == WHO_LAST     ? concerned - 1
                    : change->who == WHO_RANDOM ? dice_below(&dice, concerned)
                                                : 0;
    for (*ordinal = 0;; ++*ordinal)
        if (concerns(change, roster, bit, *ordinal) && left-- == 0)
            return true;
}

static void make_change(struct changes *changes, const struct change *change)
{
    uint32_t ordinal;
    changes->happened++;
    if (!change->kind->apply)
        for (uint64_t i = 0; i < change->number; i++)
            roster_create(changes->roster);
    else if (find(changes, change, &ordinal))
        change->kind->apply(change, changes->roster, ordinal);
}

void changes_apply(struct changes *changes, uint64_t request, uint64_t page)
{
    if (changes->count == 0)
        return;
    int64_t now_ms = clock_monotonic_ms();
    roster_lock_to_change(changes->roster);
    for (size_t i = 0; i < changes->count; i++)
        if (when_matches(&changes->changes[i].when, request, page, now_ms))
            make_change(changes, &changes->changes[i]);
    roster_unlock(changes->roster);
}
