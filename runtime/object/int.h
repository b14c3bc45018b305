// int.h: the body of an int, which a bool shares.
#ifndef RT_OBJECT_INT_H
#define RT_OBJECT_INT_H

#include "object/types.h"

// `tagged`: the value times 4, its two low bits, the tag, zero; or, beyond 62 bits, tag 1, and the
// digits follow (object/int_big.h). A negative int's word is negative either way.
typedef struct RtInt {
    RtObject base;
    int64_t tagged; // constant
} RtInt;

#define RT_INT_MAX (((int64_t)1 << 61) - 1)
#define RT_INT_MIN (-RT_INT_MAX - 1)

#define RT_INT_SMALL_MIN (-5) // CPython's range of shared ints
#define RT_INT_SMALL_MAX 256
#pragma GCC visibility push(hidden)
extern const RtInt rt__small_ints[RT_INT_SMALL_MAX - RT_INT_SMALL_MIN + 1];
extern const RtInt rt__bools[2];
#pragma GCC visibility pop

static inline RtObject *rt__bool(bool value)
{
    return (RtObject *)(uintptr_t)&rt__bools[value].base;
}

// The shared int with this tagged value, or NULL: there is none.
static inline RtObject *rt__int_shared(int64_t tagged)
{
    uint64_t index = (uint64_t)(tagged >> 2) - (uint64_t)(int64_t)RT_INT_SMALL_MIN;
    if (index > RT_INT_SMALL_MAX - RT_INT_SMALL_MIN) return NULL;
    return (RtObject *)(uintptr_t)&rt__small_ints[index].base;
}

// For ints and bools: whether the word is all there is.
static inline bool rt__int_is_small(const RtObject *object)
{
    return (((const RtInt *)object)->tagged & 3) == 0;
}

// For bools and small ints.
static inline int64_t rt__int_value(const RtObject *object)
{
    RT_ASSERT(rt__int_is_small(object));
    return ((const RtInt *)object)->tagged >> 2;
}

#endif
