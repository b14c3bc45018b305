// int.h: the body of an int, which a bool shares.
#ifndef RT_OBJECT_INT_H
#define RT_OBJECT_INT_H

#include "object/types.h"

// `tagged`: the value times 4; the two low bits are the tag. Tag 0: a small int, all there
// is today. Tag 1 is reserved for a pointer to the digits of a big one.
typedef struct RtInt {
    RtObject base;
    int64_t tagged; // constant
} RtInt;

#define RT_INT_MAX (((int64_t)1 << 61) - 1)
#define RT_INT_MIN (-RT_INT_MAX - 1)

// For ints and bools.
static inline int64_t rt__int_value(const RtObject *object)
{
    return ((const RtInt *)object)->tagged >> 2;
}

#endif
