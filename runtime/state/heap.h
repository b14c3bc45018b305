// heap.h: where a thread's objects come from.
//
// A heap hands out blocks of RT_HEAP_CLASSES sizes from spans, one size a span. It has one
// owner at a time, who alone touches its free lists: the thread state it is embedded in, or,
// where the heap policy keeps a single heap, whoever holds the GIL. Anyone may push a block
// on `remote`; the owner takes the whole list at once, so there is no ABA.
#ifndef RT_STATE_HEAP_H
#define RT_STATE_HEAP_H

#include <stdint.h>

#include "base/atomic.h"
#include "config.h"
#include "state/span.h"

#define RT_HEAP_CLASSES (RT_SMALL_LIMIT / RT_GRANULE + 1u) // by granules; class 0 unused

typedef struct RtThread RtThread;

// A free block's link to the next one is in its body: the header in front of it stays as it
// is, with a refcount word that reads zero (runtime/README.md, "Headers survive freeing").
struct RtHeap {
    RtThread *thread;                  // whose it is; NULL: the runtime's single heap
    uint64_t owner_id;                 // what the owner field of its blocks says when free
    void *free_blocks[RT_HEAP_CLASSES]; // last in, first out
    RtSpan *fresh_spans[RT_HEAP_CLASSES]; // the span that new blocks are carved from
    RtSpan *spans;                     // every small-object span of this heap
    RtSpan *large_free; // its large spans without an object; guarded by the pages' mutex
    RtGcHeap gc;
    _Alignas(64) _Atomic(void *) remote; // blocks freed by other threads
};

#endif
