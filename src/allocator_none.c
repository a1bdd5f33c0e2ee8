/* For an allocator that we cannot change, such as a sanitizer's. */
#include "allocator.h"

void allocator_install(void)
{
}
