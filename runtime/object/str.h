// str.h: the body of a string.
#ifndef RT_OBJECT_STR_H
#define RT_OBJECT_STR_H

#include "object/types.h"

// Immutable but for what is computed once it is asked for: any thread may do so, and all store the
// same value, so relaxed accesses do.
typedef struct RtStr {
    RtObject base;
    _Atomic int64_t hash; // 0: not computed yet
    size_t size;          // bytes, without the NUL that follows them
    bool interned;        // set before the string is published, by its only holder
    _Atomic uint8_t kind; // RtStrKind
    char bytes[];
} RtStr;

// Whether bytes and characters are the same.
typedef enum RtStrKind { RT_STR_UNKNOWN, RT_STR_ASCII, RT_STR_WIDE } RtStrKind;

// A string whose bytes the caller writes before anybody else sees it; the NUL is there.
RtStr *rt__str_reserve(RtThread *t, size_t size);
// a + b
RtObject *rt__str_concat(RtThread *t, RtObject *a, RtObject *b);

RtStrKind rt__str_kind_slow(RtStr *str);
static inline bool rt__str_is_ascii(RtObject *object)
{
    RtStr *str = (RtStr *)object;
    RtStrKind kind = (RtStrKind)rt_atomic_load_relaxed(&str->kind);
    return (rt_likely(kind != RT_STR_UNKNOWN) ? kind : rt__str_kind_slow(str)) == RT_STR_ASCII;
}

// Whether repr shows a character as it is; of those far from ASCII, all but spaces and those of
// private use are taken for printable.
bool rt__is_printable(uint32_t point);

// Characters. In constant time for ASCII.
size_t rt__str_length(RtObject *str);
// Where character `index` begins, in bytes; it is at most the length. In constant time for ASCII.
size_t rt__str_offset(RtObject *str, size_t index);
// Which character begins at byte `offset`.
size_t rt__str_index_at(RtObject *str, size_t offset);

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
