// resources.h: what the program has opened and not yet closed (modules/resources.c).
#ifndef RT_STATE_RESOURCES_H
#define RT_STATE_RESOURCES_H

#include <stddef.h>
#include <stdint.h>

#include "platform/platform.h"
#include "rt.h"

typedef struct RtResource {
    const char *kind;
    int64_t id;
    RtSite site; // where it was opened
} RtResource;

// All guarded by `mutex`.
typedef struct RtResources {
    RtMutex mutex;
    RtResource *open; // in no order
    size_t count;
    size_t capacity;
} RtResources;

#endif
