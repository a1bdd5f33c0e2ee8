/* Decodes contacts from JSON, and tolerates every known quirk of the API. */
#ifndef ROLLCALL_DECODE_H
#define ROLLCALL_DECODE_H

#include "model/contact.h"
#include "model/warnings.h"

#include <stdbool.h>

struct arena;
struct json_object;

/* Makes a contact of one record, which long_number.h has helped to parse. The arena owns the texts.
   The contact's `extra` holds what the program does not know or cannot read. Counts each blemish as
   a warning. False, also counted, if the record has no usable id and so is no contact. */
bool decode_contact(struct json_object *record, struct arena *arena, struct contact *contact,
                    struct warnings *warnings);

#endif
