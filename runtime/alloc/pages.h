// pages.h: spans for the heaps of one runtime.
#ifndef RT_ALLOC_PAGES_H
#define RT_ALLOC_PAGES_H

#include "state/runtime.h"

// Hands the creator's pages over; `memory` may be NULL.
void rt__pages_init(RtRuntime *runtime, char *memory, size_t size);
// Gives every span of the given heap back to the system, those on the creator's pages aside.
void rt__pages_release_heap(RtHeap *heap);
// Gives the large spans back and destroys the mutex.
void rt__pages_destroy(RtRuntime *runtime);

// A span of blocks of `block_size` bytes for `heap`; NULL when the system refuses. The
// caller links it into the heap.
RtSpan *rt__span_new(RtRuntime *runtime, RtHeap *heap, size_t block_size);

// A span with one block of at least `size` bytes, from the free ones or the system.
RtSpan *rt__span_new_large(RtRuntime *runtime, RtHeap *heap, size_t size);
// Its object is dead. The span stays mapped and stays a span, for the next large object
// of its heap.
void rt__span_free_large(RtRuntime *runtime, RtSpan *span);

// Calls visit(block, argument) for every block that was ever handed out. Nobody runs.
void rt__pages_each_block(RtRuntime *runtime, void (*visit)(void *block, void *argument),
                          void *argument);

#endif
