// tracemalloc.c: the module tracemalloc, as far as totals go: what is alive of the memory that
// was allocated since the start, and the most that ever was. Where in the program it was
// allocated is not known, so there are no snapshots.
#include "modules/modules.h"
#include "object/tuple.h"

// How many frames to remember is taken and makes no difference.
NATIVE(tracemalloc_start)
{
    int64_t frames;
    if (count == 1 && !rt__as_int(t, args[0], &frames)) return NULL;
    return rt_tracing_start(t) ? rt_none() : NULL;
}

NATIVE(tracemalloc_stop)
{
    rt_tracing_stop(t);
    return rt_none();
}

NATIVE(tracemalloc_is_tracing)
{
    return rt_bool(t->runtime->tracing.on);
}

// (now, at most), in bytes as they were asked for.
NATIVE(tracemalloc_get_traced_memory)
{
    RtTracingStats stats;
    rt_tracing_stats(t, &stats);
    return rt__tuple_pair_steal(t, rt_int_new(t, (int64_t)stats.bytes),
                                rt_int_new(t, (int64_t)stats.peak_bytes));
}

NATIVE(tracemalloc_reset_peak)
{
    rt_tracing_reset_peak(t);
    return rt_none();
}

NATIVE(tracemalloc_get_tracemalloc_memory)
{
    RtTracingStats stats;
    rt_tracing_stats(t, &stats);
    return rt_int_new(t, (int64_t)stats.overhead_bytes);
}

static const RtBuiltin functions[] = {
    RT_FUNCTION("tracemalloc.start", tracemalloc_start, 0, 1),
    RT_FUNCTION("tracemalloc.stop", tracemalloc_stop, 0, 0),
    RT_FUNCTION("tracemalloc.is_tracing", tracemalloc_is_tracing, 0, 0),
    RT_FUNCTION("tracemalloc.get_traced_memory", tracemalloc_get_traced_memory, 0, 0),
    RT_FUNCTION("tracemalloc.reset_peak", tracemalloc_reset_peak, 0, 0),
    RT_FUNCTION("tracemalloc.get_tracemalloc_memory", tracemalloc_get_tracemalloc_memory, 0, 0),
    RT_BUILTIN_END,
};

bool rt__tracemalloc_fill(RtThread *t, RtObject *module)
{
    return rt__module_add_builtins(t, module, functions);
}
