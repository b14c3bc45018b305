// tuple.h: the body of a tuple.
#ifndef RT_OBJECT_TUPLE_H
#define RT_OBJECT_TUPLE_H

#include "object/types.h"

// Immutable once it is shared, but for the cached hash: any thread may compute it, and all
// store the same value, so relaxed accesses do.
//
// `hash` is the trash list's link while the tuple waits to be destroyed: `finish` does not
// read it.
typedef struct RtTuple {
    RtObject base;
    _Atomic int64_t hash; // 0: not computed yet
    size_t size;
    RtObject *items[];
} RtTuple;

// Borrowed. The index is below the size.
static inline RtObject *rt__tuple_item(const RtObject *tuple, size_t index)
{
    return ((const RtTuple *)tuple)->items[index];
}

// A tuple of the two references, which are gone even if it fails. NULL with an error; either may
// be NULL, if its maker has failed.
RtObject *rt__tuple_pair_steal(RtThread *t, RtObject *first, RtObject *second);

#endif
