/* An allocator that is not ours to change, such as a sanitizer's. */
#include "allocator.h"

void allocator_install(void)
{
}
