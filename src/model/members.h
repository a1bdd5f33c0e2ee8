/* Takes the members of a JSON object by a table, and leaves over what the table does not know. */
#ifndef ROLLCALL_MEMBERS_H
#define ROLLCALL_MEMBERS_H

#include "model/warnings.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct json_object;

/* What decoding one record needs at every step. */
struct decoding {
    struct arena *arena; /* owns the texts that are kept */
    struct warnings *warnings;
};

/* Takes a member's value into `out`. Returns what it cannot take, which the caller releases, or
   NULL. A null leaves nothing over. */
typedef struct json_object *member_taker(struct decoding *decoding, struct json_object *value,
                                         void *out);

member_taker member_text;    /* into a const char *, which stays NULL for null */
member_taker member_time;    /* into an int64_t */
member_taker member_truth;   /* into a bool */
member_taker member_nothing; /* for a value that was read before */

/* A member that is known. */
struct member {
    const char *key; /* NULL ends the table */
    member_taker *take;
    size_t offset; /* of the field that it fills */
};

/* Fills `out` with the object's known members. Returns the rest in its order, or NULL if there is
   none. The caller releases the rest before the object, whose keys it borrows. */
struct json_object *members_take(struct decoding *decoding, struct json_object *object,
                                 const struct member *members, void *out);

/* Whether it is `[]`, which PHP writes for an object without members. */
bool member_is_empty_list(struct json_object *value);

/* The same for a value that should be an object, `[]` or null. */
struct json_object *members_take_inner(struct decoding *decoding, struct json_object *value,
                                       const struct member *members, void *out);

/* Leaves over the whole value, and counts why. */
struct json_object *member_leave(struct decoding *decoding, struct json_object *value,
                                 enum warning why);

void decoding_warn(struct decoding *decoding, enum warning warning);

/* A copy that is valid UTF-8. */
const char *decoding_keep_text(struct decoding *decoding, const char *bytes, size_t length);

/* The value's JSON text. */
const char *decoding_keep_json(struct decoding *decoding, struct json_object *value);

/* Turns what an object left over into its JSON text, and releases it. NULL for NULL. */
const char *decoding_keep_rest(struct decoding *decoding, struct json_object *rest);

#endif
