/* A text file whose writing is checked to the last byte. */
#ifndef ROLLCALL_OUTFILE_H
#define ROLLCALL_OUTFILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct outfile;

/* Makes the file, which must not exist, for its owner alone (mode 600). */
bool outfile_create(struct outfile **outfile, const char *path, struct error *error);

/* A failure is remembered and told by outfile_close, so that calls need not be checked one by one.
 */
void outfile_write(struct outfile *outfile, const char *bytes, size_t length);
void outfile_write_text(struct outfile *outfile, const char *text);

/* Closes and frees. Fails with EXIT_OUTPUT, naming the file, if a single byte could not be written.
 */
bool outfile_close(struct outfile *outfile, struct error *error);

/* Fails with EXIT_OUTPUT: the file at that path cannot be written, `why` being errno's number. */
bool outfile_cannot(const char *path, int why, struct error *error);

/* Closes and frees what nobody wants any more. NULL is allowed. */
void outfile_free(struct outfile *outfile);

/* Copies a file whole. Fails with EXIT_OUTPUT, or EXIT_WRONG_USE if `from` cannot be read;
   EXIT_UNEXPECTED where too many files are open to do it. */
bool outfile_copy(const char *from, const char *to, struct error *error);

#endif
