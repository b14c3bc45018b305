// guard.h: guard bytes around objects, and a pattern in freed ones: the heap's debug mode.
//
//     | header, body | guard | size | more guard |      a block of the debug mode
//
// `size` is the object's, or says that the block is free; then what is before it is filled with
// a pattern, but for two words: the link to another chain, and the type that it had. The blocks
// of a span begin a granule later than usual, so that there is guard before the first one too.
#ifndef RT_ALLOC_GUARD_H
#define RT_ALLOC_GUARD_H

#include "state/runtime.h"

#define RT_GUARD_SIZE 8u

// Bytes that a block needs beyond the object's.
static inline size_t rt__guard_room(uint8_t slow)
{
    return slow & RT_SLOW_GUARD ? 3 * RT_GUARD_SIZE : 0;
}

// Bytes before the first block of a span.
static inline size_t rt__guard_offset(uint8_t slow)
{
    return slow & RT_SLOW_GUARD ? RT_GRANULE : 0;
}

// A block that was never used is free, and its type unknown.
void rt__guard_fresh(RtObject *block);
// The block becomes an object of this size: aborts if it was written to while it was free.
void rt__guard_begin(RtObject *block, size_t size);
// The object is freed: aborts if its guard was overwritten.
void rt__guard_end(RtObject *object);

#endif
