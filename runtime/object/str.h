// str.h: the body of a string.
#ifndef RT_OBJECT_STR_H
#define RT_OBJECT_STR_H

#include "object/types.h"

// Immutable but for the cached hash: any thread may compute it, and all store the same value,
// so relaxed accesses do.
typedef struct RtStr {
    RtObject base;
    _Atomic int64_t hash; // 0: not computed yet
    size_t size;          // bytes, without the NUL that follows them
    bool interned;        // set before the string is published, by its only holder
    char bytes[];
} RtStr;

// Never 0 or -1.
int64_t rt__str_hash_bytes(const char *bytes, size_t size);
int64_t rt__str_hash_slow(RtStr *str);

static inline int64_t rt__str_hash(RtObject *object)
{
    RtStr *str = (RtStr *)object;
    int64_t hash = rt_atomic_load_relaxed(&str->hash);
    return rt_likely(hash != 0) ? hash : rt__str_hash_slow(str);
}

static inline bool rt__str_is(const RtObject *object, const char *bytes, size_t size)
{
    const RtStr *str = (const RtStr *)object;
    return str->size == size && __builtin_memcmp(str->bytes, bytes, size) == 0;
}

#endif
