// arena.h: what the files of this folder need of arena.c.
#ifndef RT_ALLOC_ARENA_H
#define RT_ALLOC_ARENA_H

#include "state/pages.h"

// Gives a pool back to its arena, for any heap and any size of blocks. The pages' mutex is
// held.
void rt__pool_give_locked(RtPages *pages, RtSpan *span);
// Unmaps all arenas.
void rt__arenas_destroy(RtPages *pages);

#endif
