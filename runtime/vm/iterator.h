// iterator.h: ranges, slices, and the iterators of sequences.
//
// An iterator belongs to the thread that uses it; two threads on one may see items twice or not
// at all, as in CPython's free-threaded build, and nothing worse: positions are words of their own.
#ifndef RT_VM_ITERATOR_H
#define RT_VM_ITERATOR_H

#include "object/value.h"

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

// What goes through a container begins with this. A list's or a tuple's iterator is no more, nor
// is that of anything that has items by number. `trash` is the trash list's link.
typedef struct RtIterator {
    RtObject base;
    RtObject *trash;
    RtObject *container;
    _Atomic size_t position; // of the next item
} RtIterator;

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

// An iterator of `size` bytes at its beginning; the rest is the caller's, who then tracks it. NULL
// with an error.
RtIterator *rt__iterator_new(RtThread *t, const RtType *type, size_t size, RtObject *container);

// Its type, but for the slots, and what that consists of.
void rt__iterator_finish(RtThread *t, RtObject *iterator);
int rt__iterator_traverse(RtObject *iterator, RtVisit visit, void *argument);
#define RT_ITERATOR_TYPE(text)                                                                 \
    RT_TYPE_BASE, .name = (text), .finish = rt__iterator_finish,                               \
                  .traverse = rt__iterator_traverse, .hash = rt__identity_hash,                \
                  .trash_link = offsetof(RtIterator, trash)

RtObject *rt__iter_self(RtThread *t, RtObject *iterator); // the slot `iter` of any iterator

RtObject *rt__range_new(RtThread *t, int64_t start, int64_t stop, int64_t step);

// A bound of a slice: an int (a large one is as far out as there is) or None, which leaves *value
// as it is. False with an error.
bool rt__slice_bound(RtThread *t, RtObject *bound, int64_t *value);

// What a slice (or its parts) means for a sequence of `size` items: the first index, how many,
// and the step. False with an error.
bool rt__slice_of(RtThread *t, RtObject *slice, int64_t size, int64_t *first, int64_t *count,
                  int64_t *step);

#endif
