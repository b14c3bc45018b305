// handover.h: how long a lock that came free takes to have its next holder: account builds
// only. Guarded by what guards the lock's own state.
#ifndef RT_STATE_HANDOVER_H
#define RT_STATE_HANDOVER_H

#include <stdbool.h>

#include "base/activity.h"
#include "base/histogram.h"

typedef struct RtHandover {
#ifdef RT_ACCOUNT
    uint64_t dropped_ns;   // when the lock was last dropped
    RtHistogram latencies; // from a drop to the take of a thread that waited
#else
    char nothing;
#endif
} RtHandover;

#ifdef RT_ACCOUNT

static inline void rt__handover_begin(RtHandover *handover)
{
    rt_histogram_clear(&handover->latencies);
}

// The lock is free from now on.
static inline void rt__handover_dropped(RtHandover *handover, uint64_t now)
{
    handover->dropped_ns = now;
}

// A thread that waited since `since` has the lock now: from the drop on, it was switching.
static inline void rt__handover_taken(RtHandover *handover, RtAccount *account, uint64_t since,
                                      uint64_t now)
{
    uint64_t free_since = handover->dropped_ns > since ? handover->dropped_ns : since;
    rt_activity_enter(account, RT_ACTIVITY_SWITCHING, free_since);
    rt_histogram_record(&handover->latencies, now - free_since);
}

static inline const RtHistogram *rt__handover_latencies(const RtHandover *handover)
{
    return &handover->latencies;
}

#else

static inline void rt__handover_begin(RtHandover *handover)
{
    (void)handover;
}
static inline void rt__handover_dropped(RtHandover *handover, uint64_t now)
{
    (void)handover, (void)now;
}
static inline void rt__handover_taken(RtHandover *handover, RtAccount *account, uint64_t since,
                                      uint64_t now)
{
    (void)handover, (void)account, (void)since, (void)now;
}
static inline const RtHistogram *rt__handover_latencies(const RtHandover *handover)
{
    (void)handover;
    return NULL;
}

#endif
#endif
