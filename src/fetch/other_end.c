#include "fetch/other_end.h"

#include "base/buffer.h"
#include "fetch/reader.h"
#include "snapshot/writer.h"

#include <stdlib.h>
#include <string.h>

/* How the opposite order is asked for. */
enum form { FORM_DIRECTION, FORM_MINUS, FORMS };

static bool is_descending(const struct source *asked)
{
    return asked->direction && strcmp(asked->direction, "desc") == 0;
}

/* "-email,-created_at" for "email,created_at". The caller frees it. */
static char *minus_keys(const char *keys)
{
    struct buffer out = {0};
    buffer_append_text(&out, "-");
    for (; *keys; keys++) {
        buffer_append(&out, keys, 1);
        if (*keys == ',')
            buffer_append_text(&out, "-");
    }
    return buffer_take(&out);
}

/* Page 1 in the order of the pass. A run that resumed may have to read it. */
static bool know_first_page(const struct other_end *end, struct page_ids *first,
                            struct error *error)
{
    *first = *reader_first_page(end->reader);
    if (first->count > 0)
        return true;
    struct source asked = *end->asked;
    const struct page_facts *facts;
    if (!reader_peek(end->reader, &asked, 1, &facts, error))
        return false;
    page_ids_keep(first, facts);
    return true;
}

static bool ask(const struct other_end *end, struct source *asked, const struct page_ids *first,
                enum witness_word *word, struct error *error)
{
    bool is_known[PAGE_FACTS_RECORDS_MAX];
    const struct page_facts *facts;
    if (!reader_peek(end->reader, asked, 1, &facts, error) ||
        !snapshot_writer_find_known(end->writer, facts->ids, facts->usable, end->since_pass,
                                    is_known, error))
        return false;
    const struct testimony testimony = {
        .page = facts,
        .is_known = is_known,
        .first = first,
        .is_by_age = strcmp(end->asked->sort, "created_at") == 0,
        .is_oldest_first = is_descending(end->asked),
        .created_before = end->created_before,
        .contacts = end->contacts,
    };
    *word = witness_judge(&testimony);
    return true;
}

static bool ask_in_form(const struct other_end *end, enum form form, const struct page_ids *first,
                        enum witness_word *word, struct error *error)
{
    struct source asked = *end->asked;
    if (form == FORM_DIRECTION) {
        asked.direction = is_descending(end->asked) ? "asc" : "desc";
        return ask(end, &asked, first, word, error);
    }
    char *keys = minus_keys(asked.sort);
    asked.sort = keys;
    asked.direction = NULL;
    bool ok = ask(end, &asked, first, word, error);
    free(keys);
    return ok;
}

bool other_end_ask(const struct other_end *end, enum witness_word *word, struct error *error)
{
    struct page_ids first;
    if (!know_first_page(end, &first, error))
        return false;
    *word = WITNESS_IS_SILENT;
    for (int form = 0; *word == WITNESS_IS_SILENT && form < FORMS; form++) {
        if (!ask_in_form(end, (enum form)form, &first, word, error))
            return false;
    }
    return true;
}
