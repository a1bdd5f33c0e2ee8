/* Makes a snapshot. */
#ifndef ROLLCALL_SNAPSHOT_WRITER_H
#define ROLLCALL_SNAPSHOT_WRITER_H

#include "base/error.h"
#include "model/checkpoint.h"
#include "model/contact.h"
#include "model/ledger.h"
#include "model/source.h"
#include "model/warnings.h"
#include "snapshot/contact_store.h"
#include "snapshot/record.h"

#include <stdbool.h>
#include <stdint.h>

struct snapshot_writer;
struct unfinished;

/* Every call fails with EXIT_OUTPUT if the file cannot be written. */

/* Makes the file, which does not exist or is empty. It is partial until snapshot_writer_finish: the
   header says so, and snapshot_open refuses it. `key_fingerprint` distinguishes API keys. */
bool snapshot_writer_create(struct snapshot_writer **writer, const char *path,
                            const struct source *source, const char *key_fingerprint,
                            struct error *error);

/* Opens a file that another run has left partial; `unfinished` says how far that run came. If it
   holds no pass, the writer can only be freed. Fails with EXIT_WRONG_USE if the file is damaged. On
   success the caller frees `unfinished`. */
bool snapshot_writer_resume(struct snapshot_writer **writer, const char *path,
                            struct unfinished *unfinished, struct error *error);

/* Begins a further pass: pages noted from now on belong to it. */
bool snapshot_writer_begin_pass(struct snapshot_writer *writer, struct error *error);

/* Record which software makes the fetch, and what a finished pass asked for and received. */
bool snapshot_writer_note_libraries(struct snapshot_writer *writer, const char *libraries,
                                    struct error *error);
bool snapshot_writer_note_pass(struct snapshot_writer *writer, const struct pass_logged *pass,
                               struct error *error);

/* Note that a page was received, or a record on it without a usable id. */
bool snapshot_writer_note_page(struct snapshot_writer *writer, const struct page_seen *page,
                               struct error *error);
bool snapshot_writer_note_rejected(struct snapshot_writer *writer, uint64_t fingerprint,
                                   struct error *error);

/* Saves everything put and noted so far together with `checkpoint`, in one step: it then outlasts
   the process. */
bool snapshot_writer_save(struct snapshot_writer *writer, const struct checkpoint *checkpoint,
                          int64_t saved_at, struct error *error);

/* `pass` counts from 1. */
bool snapshot_writer_put(struct snapshot_writer *writer, const struct contact *contact, int pass,
                         enum stored *stored, struct error *error);

/* Whether the file holds anything that another run could resume. */
bool snapshot_writer_has_saved(const struct snapshot_writer *writer);

/* How many contacts have been read since that pass began; -1 with the error filled in on
   failure. */
int64_t snapshot_writer_count_read(struct snapshot_writer *writer, int since_pass,
                                   struct error *error);

/* Fills in which of these contacts have been read since that pass began. */
bool snapshot_writer_find_known(struct snapshot_writer *writer, const int64_t *ids, int64_t count,
                                int since_pass, bool *is_known, struct error *error);

/* How many contacts were created after the first moment and not after the second (seconds since
   1970); -1 likewise. */
int64_t snapshot_writer_count_created(struct snapshot_writer *writer, int64_t after, int64_t until,
                                      struct error *error);

/* How many contacts that were created before that moment have been read since that pass began; -1
 * likewise. */
int64_t snapshot_writer_count_old(struct snapshot_writer *writer, int since_pass,
                                  int64_t created_before, struct error *error);

/* How many contacts equal another one in those columns, in any case of letters, or lack a value
   like another one. `columns`: names with commas between them, the program's own; -1 likewise. */
int64_t snapshot_writer_count_tied(struct snapshot_writer *writer, const char *columns,
                                   struct error *error);

/* Fills in the largest group of contacts that were created at once: of those without email and
   phone number if there are several such, as those tie in nearly every key. */
bool snapshot_writer_find_tie(struct snapshot_writer *writer, struct ledger *ledger,
                              struct error *error);

/* When the newest contact was created (seconds since 1970); 0 if there is none; -1 likewise. */
int64_t snapshot_writer_newest(struct snapshot_writer *writer, struct error *error);

/* Removes the contacts that have not been read since that pass began: the server no longer had
   them. Returns how many contacts are left; -1 likewise. */
int64_t snapshot_writer_drop_gone(struct snapshot_writer *writer, int since_pass,
                                  struct error *error);

/* Writes the ledger and the digest, which makes the snapshot whole, and closes the file. After
   that, even on failure, the writer can only be freed. */
bool snapshot_writer_finish(struct snapshot_writer *writer, const struct ledger *ledger,
                            const struct warnings *warnings, int64_t finished_at,
                            struct error *error);

/* NULL is allowed. An unfinished snapshot's file stays, with everything saved in it. */
void snapshot_writer_free(struct snapshot_writer *writer);

#endif
