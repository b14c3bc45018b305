// freelist.h: the least that an allocator can do: a list of free blocks per size and thread.
//
// It finds a block's size from its chunk's head by an address mask, and does nothing else:
// no page goes back, no other thread is asked, a block freed by another thread is that one's.
#ifndef GB_BLOCKS_FREELIST_H
#define GB_BLOCKS_FREELIST_H

#include <stddef.h>

typedef struct GbFreelists GbFreelists; // of the threads that share blocks

// NULL: no memory.
GbFreelists *gb_freelists_new(void);
// No thread uses them any more. All blocks go with them. NULL is good.
void gb_freelists_delete(GbFreelists *lists);

// From here on the calling thread uses a list of its own of these.
void gb_freelist_enter(GbFreelists *lists);
// A block of `size` bytes, 512 at most; NULL: no memory.
void *gb_freelist_get(size_t size);
void gb_freelist_put(void *block);

#endif
