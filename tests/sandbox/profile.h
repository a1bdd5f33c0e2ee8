/* A made-up contact as the API writes it. */
#ifndef SANDBOX_PROFILE_H
#define SANDBOX_PROFILE_H

#include "collection.h"
#include "dice.h"
#include "person.h"

/* Appends the JSON object without its closing brace. */
void profile_write(const struct contact *contact, const struct person *person, struct dice *dice,
                   bool with_inboxes, struct buffer *json);

/* Appends the member "_labels". */
void profile_write_labels(uint64_t labels, struct buffer *json);

#endif
