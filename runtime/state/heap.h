// heap.h: where a thread's objects come from.
//
// A heap hands out blocks of RT_HEAP_CLASSES - 1 sizes from pools, one size a pool. It has one
// owner at a time, who alone touches its lists: the thread state it is embedded in, or, where
// the heap policy keeps a single heap, whoever holds the GIL; of a state that no thread is
// bound to, whoever marked it bound to look after its heap. alloc/README.md tells how it works.
//
// A chain is a list of free blocks of one size, the first of which also has the link to
// another chain. Anyone may push a chain on `remote`; the owner takes all at once, so there is
// no ABA.
#ifndef RT_STATE_HEAP_H
#define RT_STATE_HEAP_H

#include <stdint.h>

#include "base/atomic.h"
#include "config.h"
#include "state/span.h"

#define RT_HEAP_CLASSES (RT_SMALL_LIMIT / RT_GRANULE + 1u) // by granules; class 0 unused

typedef struct RtThread RtThread;

// A free block keeps its refcount word, which reads zero (runtime/README.md, "Headers survive
// freeing"); the links are in what follows (alloc/block.h).
struct RtHeap {
    // Other threads read these when they drop what was allocated here.
    RtThread *thread;  // whose it is; NULL: the runtime's single heap
    uint16_t owner_id; // what the owner field of its blocks says when free

    // Away from them: every allocation writes to the first.
    _Alignas(64) void *free_blocks[RT_HEAP_CLASSES]; // the chain in use: last in, first out
    void *chains[RT_HEAP_CLASSES];                   // more of them
    RtSpan *fresh_spans[RT_HEAP_CLASSES];            // the pool that new blocks are carved from
    RtSpan *spans;                                   // every pool of this heap
    size_t pools;                                    // how many
    size_t sweep_at; // when there are so many, empty ones are looked for
    size_t taken;    // chains taken into use since the last sweep
    RtSpan *large_free; // spans of dead large objects, for the next
    size_t large_free_bytes;
    RtGcHeap gc;
    _Alignas(64) _Atomic(void *) remote; // chains that other threads freed
};

// Blocks that a thread has freed for other heaps and not yet sent: together those that go back
// to the same list, in a box that is found by hashing the list's address.
#define RT_OUTBOXES 64u
typedef struct RtOutbox {
    void **list; // RtSpan.free_blocks of these blocks
    size_t count;
    void *blocks[RT_OUTBOX_BLOCKS];
} RtOutbox;
typedef struct RtOutboxes {
    uint64_t filled; // bit: the box with that number is not empty
    RtOutbox boxes[RT_OUTBOXES];
} RtOutboxes;

#endif
