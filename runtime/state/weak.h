// weak.h: where the weak references to an object are found (object/weakref.c).
#ifndef RT_STATE_WEAK_H
#define RT_STATE_WEAK_H

#include <stddef.h>

#include "config.h"
#include "platform/platform.h"
#include "rt.h"

typedef struct RtWeakref RtWeakref;

// The weak references to all objects whose addresses come out here, the newest first.
typedef struct RtWeakBucket {
    RtWeakref *plain;   // without a callback: an object has one that is alive at most
    RtWeakref *calling; // with one
} RtWeakBucket;

// Everything is guarded by the mutex, which is held for a few instructions, and never while
// anything is allocated, destroyed or waited for. Under a GIL, by that.
typedef struct RtWeakStripe {
    _Alignas(64) RtMutex mutex;
    RtWeakBucket *buckets; // NULL: none yet
    size_t capacity;       // buckets: a power of two, or 0
    size_t used;           // weak references in all buckets
} RtWeakStripe;

typedef struct RtWeak {
    RtWeakStripe stripes[RT_WEAK_STRIPES];
    RtUnraisable unraisable; // constant
} RtWeak;

#endif
