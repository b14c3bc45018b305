// span.h: a span of pages holding objects, and what is known about each without touching it.
//
// Every object, large ones too, starts within the first RT_SPAN_SIZE bytes of a span, and
// spans are aligned to RT_SPAN_SIZE: masking an object's address gives its span. Side
// tables (today: which blocks have a merge pending; later: the collector's) live here, so
// that a foreign thread never has to link an object into a list.
//
// Guards: `heap`, `block_size`, `blocks`, `end`, `mapped` are constant once published.
// `fresh` and `next` belong to the heap's owner. The merge fields are the biased refcount's,
// atomics all, their protocol told in policy/refcount_biased.c.
#ifndef RT_STATE_SPAN_H
#define RT_STATE_SPAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/atomic.h"
#include "config.h"

#define RT_SPAN_GRANULES (RT_SPAN_SIZE / RT_GRANULE)
#define RT_SPAN_WORDS    (RT_SPAN_GRANULES / 64u)
#define RT_SPAN_SUMMARY  (RT_SPAN_WORDS / 64u)

typedef struct RtHeap RtHeap;
typedef struct RtSpan RtSpan;

struct RtSpan {
    RtHeap *heap;      // the heap its blocks go back to
    size_t block_size; // bytes of each block
    char *blocks;      // the first block
    char *fresh;       // the first block never handed out
    char *end;         // past the last whole block
    size_t mapped;     // bytes mapped from the system; 0: part of the creator's pages
    RtSpan *next;      // in the heap's list; a large span's: in the runtime's
    RtSpan *next_free; // large spans without an object; guarded by the pages' mutex

    _Atomic(RtSpan *) merge_next;                        // in the owner's merge list
    _Atomic uint32_t merge_listed;                       // 1: in that list, or about to be
    _Atomic uint64_t merge_summary[RT_SPAN_SUMMARY];     // bit: a word below is not zero
    _Atomic uint64_t merge_pending[RT_SPAN_WORDS];       // bit: the block at that granule
};

static inline RtSpan *rt_span_of(const void *object)
{
    return (RtSpan *)((uintptr_t)object & ~(uintptr_t)(RT_SPAN_SIZE - 1));
}

#endif
