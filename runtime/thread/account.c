// account.c: what an account build knows, summed over threads.
#include "rt_inline.h"
#include "state/runtime.h"

static const RtAccountEntry entries_template[] = {
#define X(name, unit, meaning) {#name, unit, meaning, 0},
#include "base/account.def"
#undef X
};

static uint64_t of_thread(RtThread *t, size_t index)
{
#ifdef RT_ACCOUNT
    return t->account.values[index];
#else
    (void)t, (void)index;
    return 0;
#endif
}

static uint64_t sum(RtRuntime *runtime, size_t index)
{
    uint64_t total = 0;
    for (RtThread *t = runtime->threads; t != NULL; t = t->next)
        total += of_thread(t, index);
    return total;
}

size_t rt_account_read(RtRuntime *runtime, RtAccountEntry *entries, size_t capacity)
{
    for (size_t i = 0; i < RT_ACCOUNT_COUNT && i < capacity; i++) {
        entries[i] = entries_template[i];
        entries[i].value = sum(runtime, i);
    }
    return RT_ACCOUNT_COUNT;
}

// Going on with what it does settles the time since the last change.
static void settle(RtThread *t)
{
#ifdef RT_ACCOUNT
    rt_activity_enter(&t->account, t->account.activity, rt_clock_now());
#else
    (void)t;
#endif
}

size_t rt_account_read_thread(RtThread *t, RtAccountEntry *entries, size_t capacity)
{
    settle(t);
    for (size_t i = 0; i < RT_ACCOUNT_COUNT && i < capacity; i++) {
        entries[i] = entries_template[i];
        entries[i].value = of_thread(t, i);
    }
    return RT_ACCOUNT_COUNT;
}

const RtHistogram *rt_account_handover(const RtRuntime *runtime)
{
    return rt__handover_latencies(&runtime->gil.handover);
}

size_t rt_trace_read(RtThread *t, RtTraceEvent *events, size_t capacity, uint64_t *forgotten)
{
    const RtTrace *trace = rt_account_trace(&t->account);
    *forgotten = 0;
    if (trace == NULL || trace->events == NULL) return 0;
    return rt_trace_copy(trace, events, capacity, forgotten);
}

const char *rt_build_variant(void)
{
    return RT_VARIANT_NAME;
}

const char *rt_build_flavour(void)
{
    return RT_ACCOUNT_ENABLED ? "account" : "timed";
}

size_t rt_build_header_size(void)
{
    return sizeof(RtObject);
}
