/* Counts the contacts of each inbox during the scan of all contacts. */
#ifndef ROLLCALL_INBOXES_H
#define ROLLCALL_INBOXES_H

#include "tally/counts.h"

struct inboxes;

/* Makes the temporary table tally_told_inbox, which the caller drops. */
bool inboxes_open(struct inboxes **inboxes, sqlite3 *database, const struct counts_ceiling *ceiling,
                  struct error *error);

/* Says that the scan's next contact has this id. */
bool inboxes_pass(struct inboxes *inboxes, int64_t contact_id, struct error *error);

/* Ends the scan. Makes the temporary table tally_inbox, which the caller drops. */
bool inboxes_finish(struct inboxes *inboxes, struct error *error);

/* NULL is allowed. */
void inboxes_close(struct inboxes *inboxes);

#endif
