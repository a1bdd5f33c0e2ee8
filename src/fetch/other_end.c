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

/* One way to look at both ends of the list. */
struct look {
    struct source asked;   /* the order … */
    struct page_ids first; /* … and page 1 in it */
};

static bool is_by_age(const struct source *asked)
{
    return strcmp(asked->sort, "created_at") == 0;
}

static bool judge(const struct other_end *end, const struct look *look,
                  const struct page_facts *facts, enum witness_word *word, struct error *error)
{
    bool is_known[PAGE_FACTS_RECORDS_MAX];
    if (!snapshot_writer_find_known(end->writer, facts->ids, facts->usable, end->since_pass,
                                    is_known, error))
        return false;
    const struct testimony testimony = {
        .page = facts,
        .is_known = is_known,
        .first = &look->first,
        .is_by_age = is_by_age(&look->asked),
        .is_oldest_first = is_descending(&look->asked),
        .created_before = end->created_before,
        .contacts = end->contacts,
    };
    *word = witness_judge(&testimony);
    return true;
}

static bool ask_in_form(const struct other_end *end, const struct look *look, enum form form,
                        enum witness_word *word, struct error *error)
{
    struct source asked = look->asked;
    const struct page_facts *facts;
    char *keys = minus_keys(asked.sort);
    asked.direction = is_descending(&asked) ? "asc" : "desc";
    if (form == FORM_MINUS) {
        asked.sort = keys;
        asked.direction = NULL;
    }
    bool ok =
        reader_peek(end->reader, &asked, 1, &facts, error) && judge(end, look, facts, word, error);
    free(keys);
    return ok;
}

static bool ask(const struct other_end *end, const struct look *look, enum witness_word *word,
                struct error *error)
{
    *word = WITNESS_IS_SILENT;
    for (int form = 0; *word == WITNESS_IS_SILENT && form < FORMS; form++) {
        if (!ask_in_form(end, look, (enum form)form, word, error))
            return false;
    }
    return true;
}

/* Page 1 in the order of the pass. A run that resumed may have to read it. */
static bool look_as_read(const struct other_end *end, struct look *look, struct error *error)
{
    const struct page_facts *facts;
    look->asked = *end->asked;
    look->first = *reader_first_page(end->reader);
    if (look->first.count > 0)
        return true;
    if (!reader_peek(end->reader, &look->asked, 1, &facts, error))
        return false;
    page_ids_keep(&look->first, facts);
    return true;
}

/* By email, for a list whose two ends tie in the order of the pass, as after an import. Here its
   first page may contradict as well. */
static bool look_by_email(const struct other_end *end, struct look *look, enum witness_word *word,
                          struct error *error)
{
    const struct page_facts *facts;
    look->asked = *end->asked;
    look->asked.sort = "email";
    look->asked.direction = "asc";
    look->first.count = 0;
    if (!reader_peek(end->reader, &look->asked, 1, &facts, error) ||
        !judge(end, look, facts, word, error))
        return false;
    page_ids_keep(&look->first, facts);
    return true;
}

bool other_end_ask(const struct other_end *end, enum witness_word *word, struct error *error)
{
    struct look look;
    if (!look_as_read(end, &look, error) || !ask(end, &look, word, error))
        return false;
    if (*word != WITNESS_IS_SILENT || strcmp(end->asked->sort, "email") == 0)
        return true;
    if (!look_by_email(end, &look, word, error))
        return false;
    return *word == WITNESS_CONTRADICTS || ask(end, &look, word, error);
}
