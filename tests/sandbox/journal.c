#include "journal.h"

#include "base/memory.h"
#include "json_text.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct journal {
    FILE *file; /* NULL if there is no log */
    atomic_uint_least64_t requests;
    atomic_uint_least64_t authorized;
    atomic_uint_least64_t refused;
    atomic_uint_least64_t connections;
};

struct journal *journal_open(const char *path, struct error *error)
{
    FILE *file = path ? fopen(path, "w") : NULL;
    if (path && !file) {
        error_set(error, EXIT_WRONG_USE, "%s: %s", path, strerror(errno));
        return NULL;
    }
    /* A reader of the log sees every request once it is answered. */
    if (file)
        setvbuf(file, NULL, _IOLBF, BUFSIZ);
    struct journal *journal = memory_new(1, sizeof *journal);
    journal->file = file;
    return journal;
}

void journal_close(struct journal *journal)
{
    if (!journal)
        return;
    if (journal->file && fclose(journal->file) != 0)
        perror("rollcall-sandbox: log");
    free(journal);
}

uint64_t journal_count(struct journal *journal)
{
    return atomic_fetch_add(&journal->requests, 1) + 1;
}

void journal_authorize(struct journal *journal, bool is_authorized)
{
    atomic_fetch_add(is_authorized ? &journal->authorized : &journal->refused, 1);
}

void journal_connect(struct journal *journal)
{
    atomic_fetch_add(&journal->connections, 1);
}

void journal_answer(struct journal *journal, const char *method, const char *url, unsigned status,
                    bool had_credentials)
{
    if (!journal->file)
        return;
    char code[16] = "reset";
    if (status)
        snprintf(code, sizeof code, "%u", status);
    fprintf(journal->file, "%s %s %s %s\n", method, url, code, had_credentials ? "yes" : "no");
}

void journal_write(struct journal *journal, struct buffer *json)
{
    buffer_append_text(json, "{\"requests\":");
    json_number(json, (int64_t)atomic_load(&journal->requests));
    buffer_append_text(json, ",\"authorized\":");
    json_number(json, (int64_t)atomic_load(&journal->authorized));
    buffer_append_text(json, ",\"refused\":");
    json_number(json, (int64_t)atomic_load(&journal->refused));
    buffer_append_text(json, ",\"connections\":");
    json_number(json, (int64_t)atomic_load(&journal->connections));
    buffer_append_char(json, '}');
}
