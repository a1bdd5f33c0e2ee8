/* The members of a JSON object, taken by a table; what the table does not know is left. */
#ifndef ROLLCALL_MEMBERS_H
#define ROLLCALL_MEMBERS_H

#include "model/warnings.h"

#include <stddef.h>

struct arena;
struct json_object;

/* What decoding one record needs at every step. */
struct decoding {
    struct arena *arena; /* owns the texts that are kept */
    struct warnings *warnings;
};

/* Takes a member's value into `out`. What cannot be taken is left: the caller's to release, or
   NULL. Nothing is ever left of a null. */
typedef struct json_object *member_taker(struct decoding *decoding, struct json_object *value,
                                         void *out);

member_taker member_text;    /* into a const char *, NULL as it was for null */
member_taker member_time;    /* into an int64_t */
member_taker member_truth;   /* into a bool */
member_taker member_nothing; /* for what was read beforehand */

/* A member that is known. */
struct member {
    const char *key; /* NULL behind the last one of an object */
    member_taker *take;
    size_t offset; /* of what it fills */
};

/* Fills `out` with what is known of the object. What is left, in the order told, is the caller's to
   release while the object still stands, as it borrows the object's keys; NULL if that is nothing.
 */
struct json_object *members_take(struct decoding *decoding, struct json_object *object,
                                 const struct member *members, void *out);

/* The same for a value that should be an object or null. */
struct json_object *members_take_inner(struct decoding *decoding, struct json_object *value,
                                       const struct member *members, void *out);

/* Leaves a value whole, and counts why. */
struct json_object *member_leave(struct decoding *decoding, struct json_object *value,
                                 enum warning why);

void decoding_warn(struct decoding *decoding, enum warning warning);

/* A copy that is valid UTF-8. */
const char *decoding_keep_text(struct decoding *decoding, const char *bytes, size_t length);

/* The value's JSON text; numbers in it that lost their exact value are counted. */
const char *decoding_keep_json(struct decoding *decoding, struct json_object *value);

/* Releases what is left of an object for its JSON text. NULL for NULL. */
const char *decoding_keep_rest(struct decoding *decoding, struct json_object *rest);

#endif
