// heap_thread.h: a heap for each thread state; a foreign block goes back to its own.
#ifndef RT_POLICY_HEAP_THREAD_H
#define RT_POLICY_HEAP_THREAD_H

#include "state/runtime.h"

#define RT_HEAP_PER_THREAD 1

static inline RtHeap *rt_heap_for(RtThread *t) { return &t->own_heap; }

static inline bool rt_heap_is_foreign(RtThread *t, RtHeap *heap) { return heap != t->heap; }

#endif
