// value.h: numbers of different types as one kind of value: 1 == 1.0 == True, hashes too.
#ifndef RT_OBJECT_VALUE_H
#define RT_OBJECT_VALUE_H

#include "object/int.h"
#include "object/str.h"
#include "object/types.h"

// Whether it is an int, a bool or a float.
static inline bool rt__value_is_number(const RtObject *object)
{
    const RtType *type = object->type;
    return type == &rt__int_type || type == &rt__float_type || type == &rt__bool_type;
}

// 1 or 0 for two numbers, exactly: no int is rounded to be compared. NaN equals nothing.
int rt__value_equal(const RtObject *a, const RtObject *b);

// CPython's numeric hash: the value modulo the prime 2^61 - 1, whatever its type, with the
// sign kept and -1 turned into -2.
int64_t rt__value_hash_float(const RtObject *object);

#define RT_HASH_MODULUS (((int64_t)1 << 61) - 1)

static inline int64_t rt__value_hash_int(int64_t value)
{
    if (rt_unlikely(value >= RT_HASH_MODULUS || value <= -RT_HASH_MODULUS))
        value %= RT_HASH_MODULUS;
    return value == -1 ? -2 : value;
}

// The same of an int object or a bool.
int64_t rt__big_hash(const RtObject *object); // object/int_big.h
static inline int64_t rt__int_hash(const RtObject *object)
{
    if (rt_unlikely(!rt__int_is_small(object))) return rt__big_hash(object);
    return rt__value_hash_int(rt__int_value(object));
}

// For objects that equal nothing but themselves. Blocks are multiples of 16 bytes apart.
static inline int64_t rt__value_hash_identity(const RtObject *object)
{
    uintptr_t address = (uintptr_t)object;
    return (int64_t)(address >> 4);
}

// The same as a type's `hash`.
int64_t rt__identity_hash(RtThread *t, RtObject *object);

// The hash of a key, the common types inline. -1 with an error, as rt_object_hash.
static inline int64_t rt__value_hash(RtThread *t, RtObject *key)
{
    if (key->type == &rt__str_type) return rt__str_hash(key);
    if (key->type == &rt__int_type) return rt__int_hash(key);
    return rt_object_hash(t, key);
}

#endif
