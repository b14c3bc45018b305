// heaps.h: other people's allocators behind the table of kernels, in the same loops.
//
// glibc's, mimalloc, jemalloc and tcmalloc as the system's packages ship them, with their own
// defaults; and a bare free list, which does nothing that an allocator could leave out, as the
// bound. The libraries are loaded for themselves alone: the runner goes on using glibc's.
#ifndef GB_BLOCKS_HEAPS_H
#define GB_BLOCKS_HEAPS_H

#include <cjson/cJSON.h>

#include "module.h"

#define GB_HEAPS 5

// Whether a cell is one of theirs.
bool gb_heaps_know(const char *cell);

// Those that were found, of at most GB_HEAPS, loaded when first asked for. Returns how many.
// They know the allocation cells; the free list all but alloc_handover, where it would never
// see a block again.
unsigned gb_heaps_load(const GbModule **found);

// All of them: name, library, version, or why it is not there. The caller deletes it.
cJSON *gb_heaps_describe(void);

#endif
