// span.h: a span of pages holding objects, and what is known about each without touching it.
//
// Every object, large ones too, starts within the first RT_SPAN_SIZE bytes of a span, and
// spans are aligned to RT_SPAN_SIZE: masking an object's address gives its span. Side
// tables (which blocks have a merge pending, which are in which generation) live here, so
// that a foreign thread never has to link an object into a list.
//
// Guards: `heap`, `block_size`, `inverse`, `blocks`, `end`, `mapped` are constant once
// published. The collector's fields are guarded as state/gc.h says.
// `fresh` and `next` belong to the heap's owner. The merge fields are the biased refcount's,
// atomics all, their protocol told in policy/refcount_biased.c.
#ifndef RT_STATE_SPAN_H
#define RT_STATE_SPAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/atomic.h"
#include "config.h"
#include "state/gc.h"

#define RT_SPAN_GRANULES (RT_SPAN_SIZE / RT_GRANULE)
#define RT_SPAN_WORDS    (RT_SPAN_GRANULES / 64u)
#define RT_SPAN_SUMMARY  (RT_SPAN_WORDS / 64u)

typedef struct RtHeap RtHeap;

struct RtSpan {
    RtHeap *heap;      // the heap its blocks go back to
    size_t block_size; // bytes of each block
    uint64_t inverse;  // 2^32 / block_size, rounded up
    char *blocks;      // the first block
    char *fresh;       // the first block never handed out
    char *end;         // past the last whole block
    size_t mapped;     // bytes mapped from the system; 0: part of the creator's pages
    RtSpan *next;      // in the heap's list; a large span's: in the runtime's
    RtSpan *next_free; // large spans without an object; guarded by the pages' mutex

    _Atomic(RtSpan *) merge_next;                    // in the owner's merge list
    _Atomic uint32_t merge_listed;                   // 1: in that list, or about to be
    _Atomic uint64_t merge_summary[RT_SPAN_SUMMARY]; // bit: a word below is not zero
    _Atomic uint64_t merge_pending[RT_SPAN_WORDS];   // bit: the block at that granule

    uint64_t *gc_words; // by block, for collections (gc/trial.c); NULL: none was needed yet
    RtGcSet gc_sets[RT_GC_SETS];
};

static inline RtSpan *rt_span_of(const void *object)
{
    return (RtSpan *)((uintptr_t)object & ~(uintptr_t)(RT_SPAN_SIZE - 1));
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
