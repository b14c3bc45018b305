// heap_single.h: one heap for everybody, guarded by whoever is the only one to run.
#ifndef RT_POLICY_HEAP_SINGLE_H
#define RT_POLICY_HEAP_SINGLE_H

#include "state/runtime.h"

#define RT_HEAP_PER_THREAD 0

static inline RtHeap *rt_heap_for(RtThread *t) { return &t->runtime->single_heap; }

static inline bool rt_heap_is_foreign(RtThread *t, RtHeap *heap)
{
    (void)t, (void)heap;
    return false;
}

#endif
