#include "snapshot/audit.h"

#include "base/thread.h"
#include "snapshot/digest.h"
#include "snapshot/soundness.h"

#include <stdio.h>

struct summing {
    sqlite3 *database;
    struct digest digest;
    struct error error;
    bool ok;
};

static void *sum(void *context)
{
    struct summing *summing = context;
    summing->ok = digest_compute(summing->database, &summing->digest, &summing->error);
    return NULL;
}

/* Records a failure as a finding if the file is the cause; otherwise it stays a failure. */
static bool take_down(struct findings *findings, bool ok, const struct error *found,
                      struct error *error)
{
    if (ok)
        return true;
    if (found->code != EXIT_WRONG_USE) {
        *error = *found;
        return false;
    }
    snprintf(findings->texts[findings->count++], FINDING_BYTES, "%s", found->message);
    return true;
}

/* Compares both parts, so that a change of one does not hide a change of the other. */
static bool compare_digests(const struct summing *summing, struct findings *findings,
                            struct error *error)
{
    struct digest stored;
    struct error found = {0};
    if (!summing->ok)
        return take_down(findings, false, &summing->error, error);
    if (!digest_get(summing->database, &stored, &found))
        return take_down(findings, false, &found, error);
    bool same = digest_compare_contacts(&stored, &summing->digest, &found);
    if (!take_down(findings, same, &found, error))
        return false;
    same = digest_compare_record(&stored, &summing->digest, &found);
    return take_down(findings, same, &found, error);
}

bool audit_file(sqlite3 *database, sqlite3 *second, struct findings *findings, struct error *error)
{
    struct summing summing = {.database = second};
    struct error found = {0};
    pthread_t thread;
    findings->count = 0;
    if (!thread_start(&thread, sum, &summing))
        return error_set(error, EXIT_UNEXPECTED, "no thread can be started");
    bool is_sound = soundness_check(database, &found);
    pthread_join(thread, NULL);
    return take_down(findings, is_sound, &found, error) &&
           compare_digests(&summing, findings, error);
}
