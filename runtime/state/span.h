// span.h: a span of pages holding objects, and what is known about each without touching it.
//
// A span is a pool, of blocks of one size class, or holds one large object. Every object, large
// ones too, starts within the first RT_SPAN_SIZE bytes of a span, and spans are aligned to
// RT_SPAN_SIZE: masking an object's address gives its span. Side tables (which blocks have a
// merge pending, which are in which generation) live here, so that a foreign thread never has
// to link an object into a list.
//
// Guards: the first group of fields is constant from the span's making to its end, when nobody
// can have an address in it any more (alloc/README.md); `slow` changes with the world stopped,
// but for RT_SLOW_SORT, which the owner takes out while others look for other bits.
// The second group belongs to the heap's owner, or, once the span is retired, to who holds the
// pages' mutex, as are the links of large spans always. The merge fields are the biased
// refcount's, atomics all, their protocol told in policy/refcount_biased.c. The collector's
// fields are guarded as state/gc.h says; one lies in another's gap, so that the members of the
// oldest generation are one cache line.
#ifndef RT_STATE_SPAN_H
#define RT_STATE_SPAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/atomic.h"
#include "config.h"
#include "state/gc.h"

#define RT_SPAN_WORDS ((RT_SPAN_BLOCKS + 63u) / 64u) // with a bit for each block

typedef struct RtHeap RtHeap;
typedef struct RtArena RtArena;

// Why blocks of a span are freed out of line: bits of `slow`.
enum {
    RT_SLOW_LARGE = 1u << 0, // the span is one large object's
    RT_SLOW_GUARD = 1u << 1, // blocks have guard bytes around them (alloc/guard.h)
    RT_SLOW_TRACE = 1u << 2, // somebody wants to know of every block
    RT_SLOW_SORT = 1u << 3,  // much of it is about to be freed, and then swept (alloc/sweep.c)
};

struct RtSpan {
    RtHeap *heap;       // the heap its blocks go back to
    void **free_blocks; // that heap's list for blocks of this size
    _Atomic uint8_t slow; // RT_SLOW_ bits; 0: a block is freed by pushing it on that list
    size_t block_size;  // bytes of each block
    uint64_t inverse;   // 2^32 / block_size, rounded up
    char *blocks;       // the first block
    char *end;          // past the last whole block
    RtArena *arena;     // the arena the span is a pool of; NULL: it has pages of its own
    size_t mapped;      // bytes of those pages; 0: they came from the system's allocator

    char *fresh;       // the first block never handed out
    RtSpan *next;      // in the heap's list of pools; a large span's: in the runtime's
    RtSpan *previous;  // in the latter
    RtSpan *next_free; // in its heap's list of kept large spans, the retired, or the arena's
    void *swept;       // free blocks for a sweep, linked: none are in the heap's lists
    uint32_t swept_count;
    uint32_t graces; // grace periods that a retired span still waits for
    uint64_t goal;   // the one it waits for

    _Atomic(RtSpan *) merge_next;                  // in the owner's merge list
    _Atomic uint32_t merge_listed;                 // 1: in that list, or about to be
    uint32_t gc_home;                              // the first of gc_room, in the arena's words
    _Atomic uint64_t merge_pending[RT_SPAN_WORDS]; // bit: the block with that number

    RtGcWord *gc_words; // by block, for collections (gc/trial.c); NULL: none was needed yet
    bool gc_at_home;    // these are the pool's own in its arena
    bool gc_guessed;    // some of these may not be zero between collections
    uint32_t gc_room;   // so many the pool has in its arena, for all its lives
    RtGcSet gc_sets[RT_GC_SETS];
};

static inline uint8_t rt__span_slow(const RtSpan *span)
{
    return rt_atomic_load_relaxed(&span->slow);
}

static inline void rt__span_set_slow(RtSpan *span, uint8_t slow)
{
    rt_atomic_store_relaxed(&span->slow, slow);
}

static inline uintptr_t rt_span_base(const void *object)
{
    return (uintptr_t)object & ~(uintptr_t)(RT_SPAN_SIZE - 1);
}

static inline RtSpan *rt_span_of(const void *object)
{
    return (RtSpan *)rt_span_base(object);
}

// The number of the block that begins at `block`. Exact: the offset is a multiple of the block
// size below 2^18, so what rounding the inverse up adds is less than one.
static inline uint32_t rt_span_index(const RtSpan *span, const void *block)
{
    uint64_t offset = (uint64_t)((const char *)block - span->blocks);
    return (uint32_t)(offset * span->inverse >> 32);
}

static inline void *rt_span_block(const RtSpan *span, uint32_t index)
{
    return span->blocks + index * span->block_size;
}

#endif
