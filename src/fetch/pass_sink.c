#include "fetch/pass_sink.h"

#include "base/clock.h"
#include "fetch/http/transfer.h"
#include "model/ledger.h"

/* Pages in a row that may bring nothing new. A run that resumes does not know which contacts the
   earlier one met by reading pages again, so as many pages as were in flight may look repeated. */
enum { REPEATED_PAGES_MAX = TRANSFER_CONNECTIONS_MAX + 20 };

static struct pass_opening *opening(struct pass_sink *pass)
{
    return &pass->checkpoint->openings[pass->checkpoint->pass - 1];
}

static struct pass_record *current(struct pass_sink *pass)
{
    return &pass->checkpoint->records[pass->checkpoint->pass - 1];
}

/* Whether the server has given the contact twice in this pass, apart from pages read again. */
static bool is_double(struct pass_sink *pass, int64_t id, bool is_again, enum stored stored)
{
    if (stored == STORED_TWICE_IN_PASS)
        return !is_again && !reread_take(&pass->reread, id);
    if (is_again)
        reread_note(&pass->reread, id);
    return false;
}

static bool store_contacts(struct pass_sink *pass, const struct page_read *read, int64_t *doubles,
                           struct error *error)
{
    const struct livedesk_page *page = read->page;
    for (size_t i = 0; i < page->contact_count; i++) {
        enum stored stored;
        if (!snapshot_writer_put(pass->writer, &page->contacts[i], pass->checkpoint->pass, &stored,
                                 error))
            return false;
        current(pass)->fresh += stored == STORED_NEW;
        *doubles += is_double(pass, page->contacts[i].id, read->is_again, stored);
    }
    return true;
}

/* Records beyond those that can be remembered count as doubled: nothing is claimed of them. */
static bool is_rejected_again(struct pass_sink *pass, uint64_t fingerprint)
{
    int64_t known = current(pass)->rejected++;
    if (known >= REJECTED_MAX)
        return true;
    pass->rejected[known] = fingerprint;
    for (int64_t i = 0; i < known; i++) {
        if (pass->rejected[i] == fingerprint)
            return true;
    }
    return false;
}

static bool note_rejected(struct pass_sink *pass, const struct livedesk_page *page,
                          int64_t *doubles, struct error *error)
{
    for (size_t i = 0; i < page->rejected_count; i++) {
        *doubles += is_rejected_again(pass, page->rejected[i]);
        if (current(pass)->rejected <= REJECTED_MAX &&
            !snapshot_writer_note_rejected(pass->writer, page->rejected[i], error))
            return false;
    }
    return true;
}

/* The pass begins when the list was measured or, failing that, with its first page. Which contacts
   surely were there at that moment follows from the server's clock: those created before the
   answer, less the seconds that it took, and one for each of the two times that are cut off to a
   second. */
static void note_opening(struct pass_sink *pass, const struct page_read *read)
{
    bool is_measured = read->start.length != COUNT_UNKNOWN;
    int64_t server_time = is_measured ? read->start.server_time : read->time.server_time;
    int64_t elapsed_ms = is_measured ? read->start.elapsed_ms : read->time.elapsed_ms;
    int64_t took_s = elapsed_ms / 1000 + 1;
    int64_t count = read->page->count;
    opening(pass)->created_before = server_time ? server_time - took_s - 1 : 0;
    opening(pass)->server_time = server_time;
    opening(pass)->page_size = pass->asked->page_size;
    current(pass)->length = read->start.length;
    current(pass)->count_first = count;
    current(pass)->count_low = count;
    current(pass)->count_high = count;
}

static void note_count(struct pass_sink *pass, int64_t count)
{
    struct pass_record *record = current(pass);
    if (count < record->count_low)
        record->count_low = count;
    if (count > record->count_high)
        record->count_high = count;
}

static bool refuse_repetition(const struct pass_sink *pass, struct error *error)
{
    error_set(error, EXIT_API, "%s: page after page brings nothing new", pass->asked->base_url);
    return error_hint(error, "the server seems to ignore the page number; another --sort "
                             "may help");
}

/* Without this a server that ignores the page number would be read for ever. */
static bool check_repetition(struct pass_sink *pass, const struct livedesk_page *page,
                             int64_t doubles, struct error *error)
{
    int64_t rejected = page->records - (int64_t)page->contact_count;
    if (page->records == 0 || doubles + rejected < page->records)
        pass->repeated_pages = 0;
    else if (++pass->repeated_pages > REPEATED_PAGES_MAX)
        return refuse_repetition(pass, error);
    return true;
}

void pass_sink_begin(struct pass_sink *pass)
{
    pass->repeated_pages = 0;
    reread_clear(&pass->reread);
}

bool pass_sink_take(void *context, const struct page_read *read, struct error *error)
{
    struct pass_sink *pass = context;
    const struct livedesk_page *page = read->page;
    const struct page_seen seen = {read->number, page->records, page->count};
    int64_t doubles = 0;
    /* Pages reach the sink in any order: `requests` tells which of them came last. */
    int64_t requests = pass->requests_before + read->requests;
    if (requests >= pass->checkpoint->requests) {
        pass->checkpoint->requests = requests;
        pass->checkpoint->retries = pass->retries_before + read->retries;
        pass->checkpoint->count_last = page->count;
    }
    if (read->time.server_time > pass->checkpoint->server_time)
        pass->checkpoint->server_time = read->time.server_time;
    if (read->number == 1 && !read->is_again)
        note_opening(pass, read);
    note_count(pass, page->count);
    current(pass)->pages++;
    if (!store_contacts(pass, read, &doubles, error))
        return false;
    if (read->is_again)
        return true;
    if (!note_rejected(pass, page, &doubles, error) ||
        !snapshot_writer_note_page(pass->writer, &seen, error))
        return false;
    current(pass)->rows += page->records;
    current(pass)->doubles += doubles;
    if (pass->checkpoint->pass == 1)
        warnings_add(&pass->checkpoint->warnings, &page->warnings);
    return check_repetition(pass, page, doubles, error);
}

bool pass_sink_save(void *context, struct error *error)
{
    struct pass_sink *pass = context;
    return snapshot_writer_save(pass->writer, pass->checkpoint, clock_wall_seconds(), error);
}

void pass_sink_free(struct pass_sink *pass)
{
    reread_clear(&pass->reread);
}
