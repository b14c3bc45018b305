// array.h: the arrays of lists and dicts.
//
// An array is one block that holds its own capacity and is replaced whole, never grown in
// place: a reader that has the block has everything that belongs together.
#ifndef RT_OBJECT_ARRAY_H
#define RT_OBJECT_ARRAY_H

#include "object/object.h"

// `header` bytes and `count` items of `item_size`, uninitialised; NULL and a MEMORY error when
// there is no memory or the size overflows.
void *rt__array_new(RtThread *t, size_t header, size_t count, size_t item_size);

// The array is not reachable from its object any more. Freed at once today, because readers
// hold the object's section; a policy that lets them read without it defers this call's work.
// NULL is allowed.
void rt__array_retire(RtThread *t, void *array);

// For RtType.free_arrays: the runtime ends, nobody looks.
void rt__array_release(void *array);

#endif
