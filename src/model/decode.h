/* Contacts out of JSON, forgiving every quirk of the API that is known. */
#ifndef ROLLCALL_DECODE_H
#define ROLLCALL_DECODE_H

#include "model/contact.h"
#include "model/warnings.h"

#include <stdbool.h>

struct arena;
struct json_object;

/* Makes a contact of one record. The arena owns the texts. What the program does not know of the
   record, or cannot read, is the contact's `extra`. Blemishes are counted. False if the record has
   no usable id and so is no contact; that is counted too. */
bool decode_contact(struct json_object *record, struct arena *arena, struct contact *contact,
                    struct warnings *warnings);

#endif
