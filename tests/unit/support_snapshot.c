#include "support_snapshot.h"

#include "base/memory.h"
#include "fetch/api/livedesk.h"
#include "snapshot/digest.h"
#include "snapshot/snapshot.h"
#include "snapshot/writer.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

const struct source support_source = {
    .base_url = "https://api.example",
    .sort = "created_at",
    .direction = "asc",
    .page_size = 100,
    .inboxes = true,
    .started_at = 1795362245,
};

const struct ledger support_ledger = {
    .complete = true,
    .passes = 1,
    .requests = 1,
};

void support_write_snapshot(const char *path, const struct source *source, const char *contacts)
{
    char *body = memory_print("{\"payload\":%s}", contacts);
    struct livedesk_page page = {0};
    char fault[160];
    if (livedesk_read_page(body, strlen(body), &page, fault) != BODY_FINE)
        fail_msg("%s", fault);
    struct snapshot_writer *writer;
    struct error error = {0};
    bool ok = snapshot_writer_create(&writer, path, source, "account", &error);
    for (size_t i = 0; ok && i < page.contact_count; i++) {
        enum stored stored;
        ok = snapshot_writer_put(writer, &page.contacts[i], 1, &stored, &error);
    }
    struct ledger ledger = support_ledger;
    ledger.unique = ok ? snapshot_writer_count_read(writer, 1, &error) : 0;
    if (!ok ||
        !snapshot_writer_finish(writer, &ledger, &page.warnings, source->started_at + 60, &error))
        fail_msg("%s", error.message);
    snapshot_writer_free(writer);
    livedesk_page_free(&page);
    free(body);
}

struct snapshot *support_open_snapshot(const char *directory, const char *contacts)
{
    char *path = support_path(directory, "snapshot.sqlite");
    struct snapshot *snapshot;
    struct error error = {0};
    support_write_snapshot(path, &support_source, contacts);
    if (!snapshot_open(&snapshot, path, SNAPSHOT_CHECK_WHOLE, &error))
        fail_msg("%s", error.message);
    free(path);
    return snapshot;
}

void support_put_digest(sqlite3 *database)
{
    struct digest digest;
    struct error error = {0};
    if (!digest_compute(database, &digest, &error) || !digest_put(database, &digest, &error))
        fail_msg("%s", error.message);
}
