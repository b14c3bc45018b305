// array.h: the arrays of lists and dicts.
//
// An array is one block that holds its own capacity and is replaced whole, never grown in
// place: a reader that has the block has everything that belongs together.
//
// Where the lock policy allows reads without the lock, a replaced array waits for its readers
// on a list that is linked through its first word. In use, that word is what the array's type
// makes of it, never negative as an RtArrayWord; retired, it is negative, and says nothing else
// to readers.
#ifndef RT_OBJECT_ARRAY_H
#define RT_OBJECT_ARRAY_H

#include "object/object.h"

typedef _Atomic int64_t RtArrayWord;

// `header` bytes and `count` items of `item_size`, uninitialised; NULL and a MEMORY error when
// there is no memory or the size overflows.
void *rt__array_new(RtThread *t, size_t header, size_t count, size_t item_size);

// The array is a container's now: tracing counts it from here to its retiring or dropping. Not for
// arrays that are given back in another way.
void rt__array_trace(RtThread *t, const void *array, size_t size);

// An array of `size` bytes (about) is not reachable from its object any more, but readers may
// have found it there. It is freed after a grace period, or at once where nobody reads without
// the lock. NULL is allowed. Never allocates.
void rt__array_retire(RtThread *t, RtArrayWord *array, size_t size);

// Nobody can look at the array: it was never published, or its object is dead. Freed at once.
// NULL is allowed.
void rt__array_drop(RtThread *t, void *array);
// The same as the runtime ends, and nobody counts any more.
void rt__array_free(void *array);

// Frees the arrays that have waited for long enough; called at slow polls.
void rt__array_reclaim(RtThread *t);
// The thread leaves: the same, with those that it would have let wait for more. What cannot be
// freed yet stays with its state, for the next thread that enters, or the runtime's end.
void rt__array_reclaim_all(RtThread *t);
// The runtime ends. Frees all that `t` retired.
void rt__array_release_retired(RtThread *t);

#endif
