#include "fetch/http/curl_memory.h"

#include <curl/curl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static void wipe_and_free(void *block)
{
    if (block)
        explicit_bzero(block, malloc_usable_size(block));
    free(block);
}

/* realloc itself would leave a copy where the block was. */
static void *move(void *block, size_t bytes)
{
    size_t before = block ? malloc_usable_size(block) : 0;
    void *moved = malloc(bytes);
    if (!moved)
        return NULL;
    if (block)
        memcpy(moved, block, before < bytes ? before : bytes);
    wipe_and_free(block);
    return moved;
}

bool curl_memory_init(void)
{
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, wipe_and_free, move, strdup, calloc) ==
           CURLE_OK;
}
