#include "truth.h"

#include "base/memory.h"
#include "deliver.h"
#include "json_text.h"

#include <stdlib.h>
#include <string.h>

enum { IDS_PER_PIECE = 4096 };

struct truth {
    struct order *order;
    const struct collection *collection;
    struct filter filter;
    uint64_t next; /* the match to be told next */
    uint32_t total;
    bool is_ended;
    struct buffer piece; /* made but not sent in full */
    size_t sent;
};

static void free_truth(void *state)
{
    struct truth *truth = state;
    buffer_free(&truth->piece);
    free(truth);
}

static void make_piece(struct truth *truth)
{
    struct selection selection = {&truth->filter, SORT_CREATED_AT, false};
    uint32_t ordinals[IDS_PER_PIECE];
    uint32_t length =
        order_page(truth->order, &selection, truth->next, IDS_PER_PIECE, ordinals, &truth->total);
    buffer_clear(&truth->piece);
    truth->sent = 0;
    if (truth->next == 0) {
        buffer_append_text(&truth->piece, "{\"contacts\":");
        json_number(&truth->piece, truth->total);
        buffer_append_text(&truth->piece, ",\"ids\":[");
    }
    for (uint32_t i = 0; i < length; i++) {
        if (truth->next + i > 0)
            buffer_append_char(&truth->piece, ',');
        json_number(&truth->piece, collection_id(truth->collection, ordinals[i]));
    }
    truth->next += length;
    truth->is_ended = truth->next >= truth->total;
    if (truth->is_ended)
        buffer_append_text(&truth->piece, "]}");
}

static ssize_t read_truth(void *state, uint64_t position, char *bytes, size_t size)
{
    (void)position;
    struct truth *truth = state;
    if (truth->sent == truth->piece.length) {
        if (truth->is_ended)
            return MHD_CONTENT_READER_END_OF_STREAM;
        make_piece(truth);
    }
    size_t left = truth->piece.length - truth->sent;
    size_t length = left < size ? left : size;
    memcpy(bytes, truth->piece.bytes + truth->sent, length);
    truth->sent += length;
    return (ssize_t)length;
}

enum MHD_Result truth_deliver(struct MHD_Connection *connection, struct order *order,
                              const struct request *request)
{
    struct truth *truth = memory_new(1, sizeof *truth);
    truth->order = order;
    truth->collection = request->collection;
    truth->filter = request->filter;
    return deliver_stream(connection, read_truth, truth, free_truth);
}
