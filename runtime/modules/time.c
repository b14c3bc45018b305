// time.c: the module time.
#include "modules/modules.h"
#include "modules/waiting.h"

#define NS_PER_S 1e9

static RtObject *seconds(RtThread *t, int64_t ns)
{
    return rt_float_new(t, (double)ns / NS_PER_S);
}

NATIVE(time_time)
{
    return seconds(t, rt_clock_calendar());
}
NATIVE(time_time_ns)
{
    return rt_int_new(t, rt_clock_calendar());
}
NATIVE(perf_counter)
{
    return seconds(t, (int64_t)rt_clock_now());
}
NATIVE(perf_counter_ns)
{
    return rt_int_new(t, (int64_t)rt_clock_now());
}
NATIVE(thread_time)
{
    return seconds(t, (int64_t)rt_clock_of_thread());
}
NATIVE(thread_time_ns)
{
    return rt_int_new(t, (int64_t)rt_clock_of_thread());
}
NATIVE(process_time)
{
    return seconds(t, (int64_t)rt_clock_of_process());
}
NATIVE(process_time_ns)
{
    return rt_int_new(t, (int64_t)rt_clock_of_process());
}

// A signal ends a sleep early: it is served if it is Ctrl-C, and the rest slept.
static bool sleep_until(RtThread *t, uint64_t deadline)
{
    uint64_t left;
    do {
        if (!rt__serve_interrupt(t)) return false;
        left = rt__time_left(deadline);
        rt_blocking_sleep(t, left); // 0: gives the lock and the processor to others
    } while (left > 0 && rt__time_left(deadline) > 0);
    return rt__serve_interrupt(t);
}

NATIVE(time_sleep)
{
    double wanted;
    uint64_t deadline;
    if (!rt__as_double(t, args[0], &wanted)) {
        if (rt_error_kind(t) == RT_ERROR_TYPE)
            rt__error_format(t, RT_ERROR_TYPE,
                             "'%s' object cannot be interpreted as an integer",
                             args[0]->type->name);
        return NULL;
    }
    if (wanted < 0) {
        rt_error_set(t, RT_ERROR_VALUE, "sleep length must be non-negative");
        return NULL;
    }
    if (!rt__deadline_of(t, args[0], false, &deadline)) return NULL;
    return sleep_until(t, deadline) ? rt_none() : NULL;
}

static const RtBuiltin functions[] = {
    RT_FUNCTION("time.time", time_time, 0, 0),
    RT_FUNCTION("time.time_ns", time_time_ns, 0, 0),
    RT_FUNCTION("time.perf_counter", perf_counter, 0, 0),
    RT_FUNCTION("time.perf_counter_ns", perf_counter_ns, 0, 0),
    RT_FUNCTION("time.monotonic", perf_counter, 0, 0),
    RT_FUNCTION("time.monotonic_ns", perf_counter_ns, 0, 0),
    RT_FUNCTION("time.thread_time", thread_time, 0, 0),
    RT_FUNCTION("time.thread_time_ns", thread_time_ns, 0, 0),
    RT_FUNCTION("time.process_time", process_time, 0, 0),
    RT_FUNCTION("time.process_time_ns", process_time_ns, 0, 0),
    RT_FUNCTION("time.sleep", time_sleep, 1, 1),
    RT_BUILTIN_END,
};

bool rt__time_fill(RtThread *t, RtObject *module)
{
    return rt__module_add_builtins(t, module, functions);
}
