/* Finds the place of a directory of outputs, and decides whether its present content may be
   replaced. */
#ifndef ROLLCALL_DESTINATION_H
#define ROLLCALL_DESTINATION_H

#include "base/error.h"

#include <stdbool.h>

struct destination {
    /* The files that a former run may have left there, borrowed. */
    const char *const *names;         /* their names, NULL-terminated */
    const char *mark;                 /* the one that only this program writes */
    bool (*is_own)(const char *file); /* whether this program wrote that file */
    /* Filled in by destination_find, owned. */
    char *path;   /* absolute */
    char *parent; /* absolute */
};

/* Finds the path and its parent. Follows a symbolic link, so that the link stays. Fails with
   EXIT_OUTPUT if no directory can be made there. */
bool destination_find(struct destination *destination, const char *path, struct error *error);

/* Fails with EXIT_OUTPUT if the target holds anything but the unchanged files of a former run. A
   missing or empty directory passes. */
bool destination_check(const struct destination *destination, struct error *error);

void destination_free(struct destination *destination);

#endif
