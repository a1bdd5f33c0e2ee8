/* Times each stage by itself, over a folder of page bodies: decoding, inserting, counting, reading
   rows, and each writer. Prints the best of several rounds as a table.

   Usage: rollcall-parts PAGES OUT [ROUNDS]

   OUT is a directory that does not exist; what is written into it is removed at the end. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/file/outdir.h"
#include "base/memory.h"
#include "base/zone.h"
#include "fetch/api/livedesk.h"
#include "lang/language.h"
#include "model/checkpoint.h"
#include "snapshot/snapshot.h"
#include "snapshot/writer.h"
#include "tally/tally.h"
#include "write/page/page_template.h"
#include "write/writer.h"

#include <dirent.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum {
    ROUNDS = 3,
    WRITERS = 5,
    PAGES_AT_ONCE = 8,  /* as they come over as many connections from a fast server */
    AS_OF = 1795392000, /* 2026-11-23 */
};

static const char snapshot_name[] = "snapshot.sqlite";

static const struct writer *const writers[WRITERS] = {
    &workbook_writer, &contacts_csv_writer, &tallies_csv_writer, &page_writer, &summary_json_writer,
};

enum stage {
    JSON_ALONE,
    DECODE, /* JSON included */
    INSERT,
    SAVE,
    FINISH,
    TALLY,
    READ_ROWS,
    FILL_CELLS,
    WRITER_ROWS,                         /* one for each writer */
    WRITER_REST = WRITER_ROWS + WRITERS, /* begin and end, likewise */
    STAGES = WRITER_REST + WRITERS,
};

static const char *const stage_names[] = {
    [JSON_ALONE] = "JSON alone",        [DECODE] = "decode, JSON included", [INSERT] = "insert",
    [SAVE] = "save after each 8 pages", [FINISH] = "finish the snapshot",   [TALLY] = "tally",
    [READ_ROWS] = "read rows",          [FILL_CELLS] = "rows to cells",
};

/* What a stage took in one round, and the bytes that it read or wrote. */
struct cost {
    double ns;
    double bytes;
};

struct bench {
    struct buffer *bodies;
    size_t body_count;
    double body_bytes;
    int64_t contacts;
    const char *out;
    struct cost best[STAGES];
    struct cost now[STAGES];
};

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Adds to the stage what has passed since `*since`, and moves that on. */
static void lap(struct bench *bench, enum stage stage, double *since)
{
    double now = now_ns();
    bench->now[stage].ns += now - *since;
    *since = now;
}

static void check(bool ok, const struct error *error)
{
    if (ok)
        return;
    fprintf(stderr, "rollcall-parts: %s\n", error->message);
    exit((int)error->code);
}

static _Noreturn void fail(const char *what)
{
    perror(what);
    exit(EXIT_UNEXPECTED);
}

static struct buffer read_file(const char *path)
{
    struct buffer text = {0};
    char bytes[1 << 16];
    size_t got;
    FILE *file = fopen(path, "rb");
    if (!file)
        fail(path);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        buffer_append(&text, bytes, got);
    fclose(file);
    return text;
}

static int is_page(const struct dirent *entry)
{
    return strncmp(entry->d_name, "page-", 5) == 0;
}

static void read_bodies(struct bench *bench, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_page, versionsort);
    if (count <= 0)
        fail(folder);
    bench->bodies = memory_new((size_t)count, sizeof *bench->bodies);
    bench->body_count = (size_t)count;
    for (int i = 0; i < count; i++) {
        char *path = memory_print("%s/%s", folder, entries[i]->d_name);
        bench->bodies[i] = read_file(path);
        bench->body_bytes += (double)bench->bodies[i].length;
        free(path);
        free(entries[i]);
    }
    free(entries);
}

static void parse_json(struct bench *bench)
{
    double since = now_ns();
    for (size_t i = 0; i < bench->body_count; i++)
        json_object_put(json_tokener_parse(bench->bodies[i].bytes));
    lap(bench, JSON_ALONE, &since);
    bench->now[JSON_ALONE].bytes = bench->body_bytes;
}

static void decode_page(const struct buffer *body, struct livedesk_page *page)
{
    char fault[160];
    if (livedesk_read_page(body->bytes, body->length, page, fault) != BODY_FINE) {
        fprintf(stderr, "rollcall-parts: %s\n", fault);
        exit(EXIT_API);
    }
}

static void insert_page(struct snapshot_writer *writer, const struct livedesk_page *page,
                        int64_t number)
{
    struct error error;
    struct page_seen seen = {number, page->records, page->count};
    check(snapshot_writer_note_page(writer, &seen, &error), &error);
    for (size_t i = 0; i < page->contact_count; i++) {
        enum stored stored;
        check(snapshot_writer_put(writer, &page->contacts[i], 1, &stored, &error), &error);
    }
}

/* As the fetch does it: what has come is saved before anything further is asked. */
static void make_snapshot(struct bench *bench, const char *path)
{
    static const struct source source = {
        .base_url = "https://api.example",
        .sort = "created_at",
        .direction = "asc",
        .inboxes = true,
        .started_at = AS_OF,
    };
    struct error error;
    struct snapshot_writer *writer;
    struct livedesk_page page = {0};
    struct checkpoint checkpoint = {.pass = 1,
                                    .openings = {{.sort = "created_at", .direction = "asc"}}};
    check(snapshot_writer_create(&writer, path, &source, "account", &error), &error);
    bench->contacts = 0;
    double since = now_ns();
    for (size_t i = 0; i < bench->body_count; i++) {
        decode_page(&bench->bodies[i], &page);
        bench->contacts += (int64_t)page.contact_count;
        lap(bench, DECODE, &since);
        insert_page(writer, &page, (int64_t)i + 1);
        lap(bench, INSERT, &since);
        if ((i + 1) % PAGES_AT_ONCE == 0)
            check(snapshot_writer_save(writer, &checkpoint, AS_OF, &error), &error);
        lap(bench, SAVE, &since);
    }
    struct ledger ledger = {.complete = true, .unique = bench->contacts, .passes = 1};
    check(snapshot_writer_finish(writer, &ledger, &page.warnings, AS_OF, &error), &error);
    lap(bench, FINISH, &since);
    snapshot_writer_free(writer);
    livedesk_page_free(&page);
}

static double size_of(const struct outdir *outdir, const char *name)
{
    struct stat file;
    char *path = outdir_work_path(outdir, name);
    if (stat(path, &file) != 0)
        fail(path);
    free(path);
    return (double)file.st_size;
}

static void write_rows(struct bench *bench, const struct report *report, struct snapshot_rows *rows,
                       void *const *states)
{
    struct error error;
    struct arena arena = {0};
    struct cell *cells = memory_new(report->columns->count, sizeof *cells);
    const struct row *row;
    for (double since = now_ns();;) {
        check(snapshot_rows_next(rows, &row, &error), &error);
        lap(bench, READ_ROWS, &since);
        if (!row)
            break;
        arena_clear(&arena);
        columns_fill(report->columns, row, &arena, cells);
        lap(bench, FILL_CELLS, &since);
        for (int i = 0; i < WRITERS; i++) {
            if (!writers[i]->row)
                continue;
            check(writers[i]->row(states[i], cells, &error), &error);
            lap(bench, (enum stage)(WRITER_ROWS + i), &since);
        }
    }
    arena_free(&arena);
    free(cells);
}

static void write_all(struct bench *bench, struct report *report, const struct snapshot *snapshot)
{
    struct error error;
    struct order by_id = {0};
    struct snapshot_rows *rows;
    void *states[WRITERS];
    check(snapshot_rows_open(&rows, snapshot, &by_id, &error), &error);
    double since = now_ns();
    for (int i = 0; i < WRITERS; i++) {
        check(writers[i]->begin(&states[i], report, &error), &error);
        lap(bench, (enum stage)(WRITER_REST + i), &since);
    }
    write_rows(bench, report, rows, states);
    since = now_ns();
    for (int i = 0; i < WRITERS; i++) {
        check(writers[i]->end(states[i], &error), &error);
        lap(bench, (enum stage)(WRITER_REST + i), &since);
    }
    snapshot_rows_close(rows);
    for (int i = 0; i < WRITERS; i++) {
        for (const char *const *file = writers[i]->files; *file; file++) {
            bench->now[WRITER_ROWS + i].bytes += size_of(report->outdir, *file);
            bench->now[WRITER_REST + i].bytes += size_of(report->outdir, *file);
        }
    }
}

static void make_report(struct bench *bench, const struct outdir *outdir,
                        const struct snapshot *snapshot, struct arena *arena)
{
    struct error error;
    struct report report = {
        .source = snapshot_source(snapshot),
        .ledger = snapshot_ledger(snapshot),
        .outdir = outdir,
        .as_of = AS_OF,
        .generated_at = AS_OF,
        .top_companies = 20,
        .rows_per_sheet = 1048575,
    };
    size_t key_count;
    const char *const *keys = snapshot_custom_keys(snapshot, &key_count);
    struct columns columns = columns_choose(NULL, 0, keys, key_count, arena);
    report.columns = &columns;
    struct language *language;
    struct tally *tally;
    check(zone_open(&report.zone, "UTC", &error), &error);
    check(language_open(&language, "en", &error), &error);
    check(page_template_open(&report.page_template, NULL, &error), &error);
    double since = now_ns();
    check(tally_make(&tally, snapshot, AS_OF, &activity_default_bounds, &error), &error);
    lap(bench, TALLY, &since);
    report.tally = tally;
    report.language = language;
    write_all(bench, &report, snapshot);
    tally_free(tally);
    page_template_free(report.page_template);
    language_free(language);
    zone_free(report.zone);
}

static void run_round(struct bench *bench)
{
    struct error error;
    struct arena arena = {0};
    struct outdir *outdir;
    struct snapshot *snapshot;
    memset(bench->now, 0, sizeof bench->now);
    parse_json(bench);
    check(outdir_begin(&outdir, bench->out, writers_files(OUTPUTS_ALL, snapshot_name, &arena),
                       snapshot_name, is_snapshot_file, &error),
          &error);
    char *path = outdir_work_path(outdir, snapshot_name);
    make_snapshot(bench, path);
    check(snapshot_open(&snapshot, path, SNAPSHOT_CHECK_WHOLE, &error), &error);
    make_report(bench, outdir, snapshot, &arena);
    bench->now[DECODE].bytes = bench->body_bytes;
    for (int stage = INSERT; stage <= FILL_CELLS; stage++)
        bench->now[stage].bytes = size_of(outdir, snapshot_name);
    snapshot_close(snapshot);
    outdir_free(outdir);
    arena_free(&arena);
    free(path);
}

static void keep_best(struct bench *bench)
{
    for (int i = 0; i < STAGES; i++) {
        if (bench->best[i].ns == 0 || bench->now[i].ns < bench->best[i].ns)
            bench->best[i] = bench->now[i];
    }
}

static void print_line(const struct bench *bench, const char *name, const char *part,
                       enum stage stage)
{
    const struct cost *cost = &bench->best[stage];
    if (cost->ns > 0)
        printf("| %s%s | %.0f | %.1f |\n", name, part, cost->ns / (double)bench->contacts,
               cost->bytes / 1e6 / (cost->ns / 1e9));
}

static void print_table(const struct bench *bench)
{
    printf("%lld contacts in %zu pages\n\n", (long long)bench->contacts, bench->body_count);
    puts("| stage | ns per contact | MB/s |\n| --- | ---: | ---: |");
    for (int i = 0; i < WRITER_ROWS; i++)
        print_line(bench, stage_names[i], "", (enum stage)i);
    for (int i = 0; i < WRITERS; i++) {
        print_line(bench, writers[i]->name, ": rows", (enum stage)(WRITER_ROWS + i));
        print_line(bench, writers[i]->name, ": begin and end", (enum stage)(WRITER_REST + i));
    }
    puts("\nMB/s of page bodies, of the snapshot, or of the files written.");
}

int main(int argc, char **argv)
{
    int rounds = argc > 3 ? (int)strtol(argv[3], NULL, 10) : ROUNDS;
    if (argc < 3 || argc > 4 || rounds < 1) {
        fputs("usage: rollcall-parts PAGES OUT [ROUNDS]\n", stderr);
        return EXIT_WRONG_USE;
    }
    struct bench bench = {.out = argv[2]};
    read_bodies(&bench, argv[1]);
    for (int i = 0; i < rounds; i++) {
        run_round(&bench);
        keep_best(&bench);
    }
    print_table(&bench);
    for (size_t i = 0; i < bench.body_count; i++)
        buffer_free(&bench.bodies[i]);
    free(bench.bodies);
    return EXIT_DONE;
}
