#include "truth.h"

#include "base/memory.h"
#include "deliver.h"
#include "json_text.h"
#include "match.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 65536 };

/* When a contact matched; a set of bits. */
enum matched { MATCHED_NOW = 1, MATCHED_ALWAYS = 2, MATCHED_EVER = 4 };

static const struct {
    const char *name;
    enum matched when;
} lists[] = {{"ids", MATCHED_NOW}, {"always", MATCHED_ALWAYS}, {"ever", MATCHED_EVER}};

enum { LISTS = sizeof lists / sizeof *lists };

struct truth {
    const struct collection *contacts; /* used only for ids, which need no lock */
    uint8_t *matched;                  /* by ordinal */
    uint32_t count;
    size_t list; /* the list being written */
    uint32_t next;
    const char *comma;
    struct buffer piece; /* made but not sent in full */
    size_t sent;
};

static void free_truth(void *state)
{
    struct truth *truth = state;
    buffer_free(&truth->piece);
    free(truth->matched);
    free(truth);
}

/* Looks at each contact's state before every change and at its current state. */
static void match_all(const struct roster *roster, const struct filter *filter, uint8_t *matched)
{
    const struct collection *contacts = roster_contacts(roster);
    for (uint32_t i = 0; i < contacts->count; i++)
        if (roster_lists(roster, i) && match_labels(filter, collection_labels(contacts, i)) &&
            match_search(filter, contacts, i))
            matched[i] = MATCHED_NOW | MATCHED_ALWAYS | MATCHED_EVER;
    size_t count;
    const struct former *past = roster_past(roster, &count);
    for (size_t i = 0; i < count; i++) {
        uint8_t *of_contact = &matched[past[i].ordinal];
        if (past[i].was_listed && match_labels(filter, past[i].labels) &&
            match_search(filter, contacts, past[i].ordinal))
            *of_contact |= MATCHED_EVER;
        else
            *of_contact &= (uint8_t)~MATCHED_ALWAYS;
    }
}

static struct truth *truth_new(const struct roster *roster, const struct filter *filter)
{
    struct truth *truth = memory_new(1, sizeof *truth);
    truth->contacts = roster_contacts(roster);
    truth->count = truth->contacts->count;
    truth->matched = memory_new(truth->count, sizeof *truth->matched);
    match_all(roster, filter, truth->matched);
    uint32_t total = 0;
    for (uint32_t i = 0; i < truth->count; i++)
        total += truth->matched[i] & MATCHED_NOW;
    buffer_append_text(&truth->piece, "{\"contacts\":");
    json_number(&truth->piece, total);
    return truth;
}

static void begin_list(struct truth *truth)
{
    buffer_append_text(&truth->piece, ",\"");
    buffer_append_text(&truth->piece, lists[truth->list].name);
    buffer_append_text(&truth->piece, "\":[");
    truth->comma = "";
}

static void end_list(struct truth *truth)
{
    buffer_append_char(&truth->piece, ']');
    truth->next = 0;
    if (++truth->list == LISTS)
        buffer_append_char(&truth->piece, '}');
}

static void make_piece(struct truth *truth)
{
    buffer_clear(&truth->piece);
    truth->sent = 0;
    if (truth->next == 0)
        begin_list(truth);
    while (truth->next < truth->count && truth->piece.length < PIECE_BYTES) {
        uint32_t ordinal = truth->next++;
        if (!(truth->matched[ordinal] & lists[truth->list].when))
            continue;
        buffer_append_text(&truth->piece, truth->comma);
        json_number(&truth->piece, collection_id(truth->contacts, ordinal));
        truth->comma = ",";
    }
    if (truth->next == truth->count)
        end_list(truth);
}

static ssize_t read_truth(void *state, uint64_t position, char *bytes, size_t size)
{
    (void)position;
    struct truth *truth = state;
    if (truth->sent == truth->piece.length) {
        if (truth->list == LISTS)
            return MHD_CONTENT_READER_END_OF_STREAM;
        make_piece(truth);
    }
    size_t left = truth->piece.length - truth->sent;
    size_t length = left < size ? left : size;
    memcpy(bytes, truth->piece.bytes + truth->sent, length);
    truth->sent += length;
    return (ssize_t)length;
}

enum MHD_Result truth_deliver(struct MHD_Connection *connection, struct roster *roster,
                              const struct filter *filter)
{
    roster_lock_to_read(roster);
    struct truth *truth = truth_new(roster, filter);
    roster_unlock(roster);
    return deliver_stream(connection, read_truth, truth, free_truth);
}
