/* A list whose newest contacts came in one import. */
#ifndef SANDBOX_IMPORT_H
#define SANDBOX_IMPORT_H

#include "collection.h"

/* The same contacts, except that the last `count` were all created when the first of them was.
   Takes the collection. */
struct collection *collection_import(struct collection *collection, uint32_t count);

#endif
