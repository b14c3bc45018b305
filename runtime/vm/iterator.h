// iterator.h: ranges, slices, and the iterators of sequences.
//
// An iterator belongs to the thread that uses it; two threads on one may see items twice or not
// at all, as in CPython's free-threaded build, and nothing worse: positions are words of their own.
#ifndef RT_VM_ITERATOR_H
#define RT_VM_ITERATOR_H

#include "object/types.h"

// Immutable.
typedef struct RtRange {
    RtObject base;
    int64_t start;
    int64_t stop;
    int64_t step;  // not zero
    int64_t count; // how many there are
} RtRange;

typedef struct RtRangeIterator {
    RtObject base;
    _Atomic int64_t left;
    _Atomic int64_t next;
    int64_t step;
} RtRangeIterator;

// Of a list, a tuple, or, with `get_item`, anything that has items by number.
typedef struct RtSequenceIterator {
    RtObject base;
    RtObject *trash;
    RtObject *sequence;
    _Atomic size_t index;
} RtSequenceIterator;

// Immutable.
typedef struct RtSlice {
    RtObject base;
    RtObject *trash;
    RtObject *start;
    RtObject *stop;
    RtObject *step;
} RtSlice;

#pragma GCC visibility push(hidden)
extern const RtType rt__range_type;
extern const RtType rt__range_iterator_type;
extern const RtType rt__list_iterator_type;
extern const RtType rt__tuple_iterator_type;
extern const RtType rt__sequence_iterator_type;
extern const RtType rt__slice_type;
#pragma GCC visibility pop

RtObject *rt__range_new(RtThread *t, int64_t start, int64_t stop, int64_t step);

// A bound of a slice: an int (a large one is as far out as there is) or None, which leaves *value
// as it is. False with an error.
bool rt__slice_bound(RtThread *t, RtObject *bound, int64_t *value);

// What a slice (or its parts) means for a sequence of `size` items: the first index, how many,
// and the step. False with an error.
bool rt__slice_of(RtThread *t, RtObject *slice, int64_t size, int64_t *first, int64_t *count,
                  int64_t *step);

#endif
