/* What the unit tests share: cmocka with the headers it wants, and files in directories of their
 * own. */
#ifndef ROLLCALL_TESTS_SUPPORT_H
#define ROLLCALL_TESTS_SUPPORT_H

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct buffer;
struct json_object;

/* Fails the test if the text is no JSON. */
struct json_object *support_parse_json(const char *text);

/* Appends `text` `count` times. */
void support_append_times(struct buffer *out, const char *text, int count);

/* Makes an empty directory below $TMPDIR or /tmp and gives its absolute path. */
char *support_make_directory(void);

/* Removes it with all that is in it, and frees the path. */
void support_remove_directory(char *path);

/* Makes the directory's numbered subdirectory, one for each row of a table. The caller frees the
 * path; what is above it removes it. */
char *support_make_numbered(const char *directory, size_t number);

/* As setup and teardown of a test: its *state is the path of a directory of its own. */
int support_setup_directory(void **state);
int support_teardown_directory(void **state);

/* "directory/name". The caller frees it. */
char *support_path(const char *directory, const char *name);

void support_write_file(const char *path, const char *text);

/* The whole file with a NUL behind it. The caller frees it. */
char *support_read_file(const char *path);

/* What a command of the shell prints; fails the test if it fails. The caller frees it. */
char *support_ask(const char *command);

/* How many entries the directory has. */
int support_count_entries(const char *directory);

/* Fails the test unless the error has that code and its message and hint hold those parts; NULL is
 * held by every text, "" only by an empty hint. */
void support_check_error(const char *what, const struct error *error, enum exit_code code,
                         const char *message_part, const char *hint_part);

#endif
