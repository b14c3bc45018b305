// trace.h: who held what when: a ring of events per thread, in account builds only.
//
// One writer, the thread itself; whoever reads does so when it no longer runs. A full ring
// forgets its oldest events. A thread without a ring (the default) records nothing, and timed
// builds have neither rings nor the branch that asks for one.
#ifndef RT_BASE_TRACE_H
#define RT_BASE_TRACE_H

#include <stddef.h>
#include <stdint.h>

typedef enum RtTraceKind {
    // What the thread does from now on; the same values as RtActivity (base/activity.h).
    RT_TRACE_BLOCKED,
    RT_TRACE_RUNNING,
    RT_TRACE_WAITING,
    RT_TRACE_SWITCHING,
    // Moments.
    RT_TRACE_DROP_REQUESTED, // this thread asked the holder to drop the GIL
    RT_TRACE_FORCED_SWITCH,  // this thread dropped the GIL on request
    RT_TRACE_LOCKED,         // this thread has an object's lock; `what` is its address
    RT_TRACE_UNLOCKED,       // ... and has it no longer
    RT_TRACE_KIND_COUNT
} RtTraceKind;

typedef struct RtTraceEvent {
    uint64_t ns; // monotonic clock
    RtTraceKind kind;
    const void *what; // a lock's address, or NULL
} RtTraceEvent;

typedef struct RtTrace {
    RtTraceEvent *events; // NULL: off
    size_t capacity;
    uint64_t recorded; // events ever; the ring has the last `capacity` of them
} RtTrace;

static inline void rt__trace_add(RtTrace *trace, RtTraceKind kind, const void *what,
                                 uint64_t ns)
{
    trace->events[trace->recorded++ % trace->capacity] = (RtTraceEvent){ns, kind, what};
}

// Copies the ring's last events, oldest first, at most `capacity` of them. Returns how many;
// *forgotten is how many were recorded and are not among them.
size_t rt_trace_copy(const RtTrace *trace, RtTraceEvent *events, size_t capacity,
                     uint64_t *forgotten);

#endif
