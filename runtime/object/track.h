// track.h: telling the cycle collector that a container was made, or died.
//
// Every object of a type with `traverse` is tracked from its making on. It costs a store and an
// increment; what the collector makes of it is in gc/gc.h.
#ifndef RT_OBJECT_TRACK_H
#define RT_OBJECT_TRACK_H

#include "object/object.h"
#include "state/heap.h"

// The heap's buffer is full, or enough was made to look whether a collection is due
// (gc/young.c).
void rt__gc_look_up(RtThread *t);

// The last act of a container's constructor, with no safepoint since the object was allocated:
// from here on `traverse` may be called whenever the thread reaches one.
static inline void rt__gc_track(RtThread *t, RtObject *object)
{
    RtGcHeap *gc = &t->heap->gc;
    uint32_t filled = rt_atomic_load_relaxed(&gc->filled);
    gc->young[filled] = object;
    rt_atomic_store_relaxed(&gc->filled, filled + 1);
    if (rt_unlikely(filled + 1 >= gc->limit)) rt__gc_look_up(t);
}

// A dead container has been given a new reference by its finalizer. A collection may have run
// since it died and taken its block for a free one, so it is entered again, in generation 0
// (gc/young.c). May stop the world.
void rt__gc_track_again(RtThread *t, RtObject *object);

// A container died by this thread's hand. The tables learn it later, from its header.
static inline void rt__gc_untrack(RtThread *t)
{
    RtGcHeap *gc = &t->heap->gc;
    int64_t balance = rt_atomic_load_relaxed(&gc->balance);
    rt_atomic_store_relaxed(&gc->balance, balance - 1);
}

#endif
