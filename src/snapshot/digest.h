/* The digest of a snapshot: it shows later whether the snapshot is unchanged since the fetch. */
#ifndef ROLLCALL_DIGEST_H
#define ROLLCALL_DIGEST_H

#include "base/error.h"
#include "base/sha256.h"

#include <sqlite3.h>
#include <stdbool.h>

struct digest {
    char contacts[SHA256_HEX_BYTES]; /* over the lines of the contacts' canonical form */
    char record[SHA256_HEX_BYTES];   /* over everything else that the file says about the fetch */
};

/* Reads the whole file. Fails as canonical_next and sha256_end do. */
bool digest_compute(sqlite3 *database, struct digest *digest, struct error *error);

/* Stores the digest; the file must have none yet. Fails with EXIT_OUTPUT if the disk is at
   fault. */
bool digest_put(sqlite3 *database, const struct digest *digest, struct error *error);

/* Fails with EXIT_WRONG_USE if the file has none. */
bool digest_get(sqlite3 *database, struct digest *digest, struct error *error);

/* Each fails with EXIT_WRONG_USE, naming both sums, unless the sums are equal. */
bool digest_compare_contacts(const struct digest *stored, const struct digest *computed,
                             struct error *error);
bool digest_compare_record(const struct digest *stored, const struct digest *computed,
                           struct error *error);

#endif
