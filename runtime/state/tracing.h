// tracing.h: what a runtime knows of the allocations that it traces (alloc/tracing.c).
#ifndef RT_STATE_TRACING_H
#define RT_STATE_TRACING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/platform.h"
#include "rt.h"

// Sums by a few properties, numbered from 0 in the order of their first appearance
// (alloc/groups.h). All zero: empty.
typedef struct RtGroup {
    RtSite site;
    const char *type; // compared by address: names of types are constants
    uint32_t kind;    // what else tells groups apart
    int64_t blocks;
    int64_t bytes;
} RtGroup;
typedef struct RtGroups {
    RtGroup *groups;
    size_t count;
    uint32_t *index; // open addressing: 1 + a group's number; 0: empty
    size_t capacity; // of the index, a power of two; of the groups, half of that
} RtGroups;

// A block or an array that is traced.
typedef struct RtTraced {
    const void *address; // NULL: an empty place
    size_t size;
    uint32_t group;
} RtTraced;

// All guarded by `mutex`, but `on`, which changes with the world stopped.
typedef struct RtTracing {
    bool on;
    RtMutex mutex;
    uint64_t session; // how often it was started
    RtTraced *traced; // open addressing by address, at most half full
    size_t capacity;  // a power of two
    size_t used;
    RtGroups groups;
    RtTracingStats stats;
} RtTracing;

#endif
