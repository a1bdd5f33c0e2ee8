/* A text file whose writing is checked to the last byte. */
#ifndef ROLLCALL_OUTFILE_H
#define ROLLCALL_OUTFILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct outfile;

/* Makes the file, which must not exist. Only its owner can read or write it (mode 600). */
bool outfile_create(struct outfile **outfile, const char *path, struct error *error);

/* outfile_close reports a failed write, so the caller need not check each call. */
void outfile_write(struct outfile *outfile, const char *bytes, size_t length);
void outfile_write_text(struct outfile *outfile, const char *text);

/* Closes and frees. Fails with EXIT_OUTPUT, naming the file, if a single byte could not be written.
 */
bool outfile_close(struct outfile *outfile, struct error *error);

/* Reports with EXIT_OUTPUT that the file at that path cannot be written; `why` is errno's value.
   Always returns false. */
bool outfile_cannot(const char *path, int why, struct error *error);

/* Closes and frees an abandoned file. NULL is allowed. */
void outfile_free(struct outfile *outfile);

/* Copies a file whole. Fails with EXIT_OUTPUT, with EXIT_WRONG_USE if `from` cannot be read, or
   with EXIT_UNEXPECTED if too many files are open. */
bool outfile_copy(const char *from, const char *to, struct error *error);

#endif
