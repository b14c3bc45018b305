// heap.h: internals shared by the files of this folder; alloc/README.md tells the whole.
//
// `t` is the running thread, attached; `heap` is its own, or one that it has taken into its
// care (sweep.c).
#ifndef RT_ALLOC_HEAP_H
#define RT_ALLOC_HEAP_H

#include "alloc/block.h"
#include "state/runtime.h"

// Takes in what other threads have freed of this heap's blocks (heap.c).
void rt__heap_receive(RtThread *t, RtHeap *heap);
// Sends what this thread has freed of other heaps' blocks. Attached or not.
void rt__heap_send_all(RtThread *t);

// Finds the pools of the heap without an object, and retires them (sweep.c). Does nothing
// while a collection is under way.
void rt__heap_sweep(RtThread *t, RtHeap *heap);
// The running thread leaves: its heap is swept if that is worth while.
void rt__heap_leave(RtThread *t);

// Sends the allocations and frees of all heaps out of line for the reason `bit` (RT_SLOW_), or
// takes the reason back (heap.c). World stopped.
void rt__heap_go_slow(RtRuntime *runtime, uint8_t bit, bool on);

// A large object's block, or NULL (large.c). Its header reads "free".
void *rt__large_new(RtThread *t, RtHeap *heap, size_t size);
// The object is dead and the heap's own.
void rt__large_free(RtThread *t, RtHeap *heap, RtSpan *span);
// Retires the spans of dead large objects. Not while a collection is under way.
void rt__large_trim(RtThread *t, RtHeap *heap);

#endif
