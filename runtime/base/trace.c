// trace.c: reading a ring of events.
#include "base/trace.h"

size_t rt_trace_copy(const RtTrace *trace, RtTraceEvent *events, size_t capacity,
                     uint64_t *forgotten)
{
    uint64_t kept = trace->recorded < trace->capacity ? trace->recorded : trace->capacity;
    size_t count = kept < capacity ? (size_t)kept : capacity;
    *forgotten = trace->recorded - count;
    for (size_t i = 0; i < count; i++)
        events[i] = trace->events[(*forgotten + i) % trace->capacity];
    return count;
}
