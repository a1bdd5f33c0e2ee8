/* mimalloc, which calls us before it returns NULL. */
#include "allocator.h"

#include "base/memory.h"

#include <errno.h>
#include <mimalloc.h>
#include <stddef.h>

/* A size that no machine has is EOVERFLOW. */
static void on_error(int number, void *context)
{
    (void)context;
    if (number == ENOMEM)
        memory_exhausted();
}

void allocator_install(void)
{
    mi_register_error(on_error, NULL);
}

typedef void (*initialiser)(void);

/* Libraries allocate before main is called, and print messages of their own if memory runs out. */
__attribute__((section(".preinit_array"), used)) static const initialiser before_libraries =
    allocator_install;
