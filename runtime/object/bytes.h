// bytes.h: immutable strings of bytes.
#ifndef RT_OBJECT_BYTES_H
#define RT_OBJECT_BYTES_H

#include "object/types.h"

// Immutable but for the cached hash, as a str (object/str.h).
typedef struct RtBytes {
    RtObject base;
    _Atomic int64_t hash; // 0: not computed yet
    size_t size;          // without the NUL that follows
    char bytes[];
} RtBytes;

#pragma GCC visibility push(hidden)
extern const RtType rt__bytes_type;
#pragma GCC visibility pop

RtObject *rt__bytes_new(RtThread *t, const char *bytes, size_t size);
// Bytes that the caller writes before anybody else sees the object; the NUL is there.
RtBytes *rt__bytes_reserve(RtThread *t, size_t size);

static inline const RtBytes *rt__bytes_of(const RtObject *object)
{
    return (const RtBytes *)object;
}

#endif
