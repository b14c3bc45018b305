// array.h: the arrays of lists and dicts.
//
// An array is one block that holds its own capacity and is replaced whole, never grown in
// place: a reader that has the block has everything that belongs together.
//
// Arrays of up to RT_SMALL_LIMIT bytes are bare blocks of the heap (alloc/block.h), larger ones
// the system's. Which of the two one is shows by its size, and so whoever gives an array back
// says the size that it was made with.
//
// Where the lock policy allows reads without the lock, a replaced array waits for its readers
// on a list that is linked through its first word. In use, that word is what the array's type
// makes of it, never negative as an RtArrayWord; retired, it is negative, and says nothing else
// to readers.
#ifndef RT_OBJECT_ARRAY_H
#define RT_OBJECT_ARRAY_H

#include "alloc/tracing.h"
#include "object/object.h"
#include "platform/platform.h"

typedef _Atomic int64_t RtArrayWord;

void *rt__array_new_large(RtThread *t, size_t header, size_t count, size_t item_size);

// `header` bytes and `count` items of `item_size`, not 0 together, uninitialised; NULL and a MEMORY
// error when there is no memory or the size overflows. May be a quiescent state (state/grace.h).
static inline void *rt__array_new(RtThread *t, size_t header, size_t count, size_t item_size)
{
    size_t size;
    if (__builtin_mul_overflow(count, item_size, &size) ||
        __builtin_add_overflow(size, header, &size) || size > RT_SMALL_LIMIT)
        return rt__array_new_large(t, header, count, item_size);
    rt_account_add(&t->account, array_allocs, 1);
    rt_account_add(&t->account, array_bytes, size);
    return rt__bare_new(t, size);
}

// The array is a container's now: tracing counts it from here to its retiring or dropping. Not for
// arrays that are given back in another way.
void rt__array_trace(RtThread *t, const void *array, size_t size);

// An array of `size` bytes is not reachable from its object any more, but readers may have found
// it there. It is freed after a grace period, or at once where nobody reads without the lock.
// NULL is allowed. Never allocates.
void rt__array_retire(RtThread *t, RtArrayWord *array, size_t size);

// Nobody can look at the array: it was never published, or its object is dead. Freed at once.
// NULL is allowed.
static inline void rt__array_drop(RtThread *t, void *array, size_t size)
{
    if (array == NULL) return;
    rt__tracing_forget(t, array);
    if (rt_likely(size <= RT_SMALL_LIMIT))
        rt__bare_free(t, array);
    else
        rt_array_free(array);
}

// The object with the array lives as the runtime ends: its heap goes as a whole, the system's
// arrays are given back.
static inline void rt__array_release(void *array, size_t size)
{
    if (size > RT_SMALL_LIMIT) rt_array_free(array);
}

// Memory to work with, always the system's, given back with rt_array_free: `count` items of
// `item_size`, uninitialised. NULL and a MEMORY error when there is none.
void *rt__scratch_new(RtThread *t, size_t count, size_t item_size);

// Frees the arrays that have waited for long enough; called at slow polls.
void rt__array_reclaim(RtThread *t);
// The thread leaves: the same, with those that it would have let wait for more. What cannot be
// freed yet stays with its state, for the next thread that enters, or the runtime's end.
void rt__array_reclaim_all(RtThread *t);
// The runtime ends, while the heaps are still there. Frees all that `t` retired.
void rt__array_release_retired(RtThread *t);

#endif
