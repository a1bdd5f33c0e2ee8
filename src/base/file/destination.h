/* The place of a directory of outputs, and whether what is there may be replaced. */
#ifndef ROLLCALL_DESTINATION_H
#define ROLLCALL_DESTINATION_H

#include "base/error.h"

#include <stdbool.h>

struct destination {
    /* What a former run may have left there, borrowed. */
    const char *const *names;         /* of its files, NULL-terminated */
    const char *mark;                 /* the one of them that only this program writes */
    bool (*is_own)(const char *file); /* whether a file of that name is */
    /* Filled in by destination_find, owned. */
    char *path;   /* absolute */
    char *parent; /* absolute; of the path */
};

/* Finds the path and its parent. A symbolic link is followed, so that it stays. Fails with
   EXIT_OUTPUT if no directory can be there. */
bool destination_find(struct destination *destination, const char *path, struct error *error);

/* Fails with EXIT_OUTPUT if anything else than a former run's files, untouched since, is there.
   Nothing at all and an empty directory pass. */
bool destination_check(const struct destination *destination, struct error *error);

void destination_free(struct destination *destination);

#endif
