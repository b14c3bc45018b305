// lock_gil.c: the global interpreter lock.
//
// The design is CPython's since 3.2 (Antoine Pitrou's "new GIL"): a flag under a mutex, a
// condition for "it was dropped". A thread that wants it waits one switch interval; if the
// holder has not changed by then it sets the drop request in the holder's eval breaker, and
// waits on. A holder that drops on request waits until another thread has taken the lock
// (forced switching): otherwise it would take it back before the other had woken up.
//
// All fields but the interval are guarded by `mutex`, which is held for a few instructions. The
// flag is not the mutex itself, because taking a mutex cannot time out at an interval and renew.
#include "policy/policy.h"

void rt_lock_init(RtRuntime *runtime)
{
    RtGil *gil = &runtime->gil;
    rt_mutex_init(&gil->mutex);
    rt_condition_init(&gil->freed);
    rt_condition_init(&gil->switched);
    rt__handover_begin(&gil->handover);
}

void rt_lock_destroy(RtRuntime *runtime)
{
    RtGil *gil = &runtime->gil;
    RT_CHECK(!gil->held, "runtime destroyed while a thread holds the GIL");
    rt_condition_destroy(&gil->switched);
    rt_condition_destroy(&gil->freed);
    rt_mutex_destroy(&gil->mutex);
}

// One interval of waiting. If nobody got the lock meanwhile, asks the holder to drop it.
static void wait_interval_locked(RtThread *t, RtGil *gil)
{
    uint64_t switches = gil->switches;
    uint64_t interval = rt_atomic_load_relaxed(&gil->interval_ns);
    bool woken = rt_condition_wait_for(&gil->freed, &gil->mutex, interval);
    if (!woken && gil->held && gil->switches == switches) {
        rt__breaker_set(gil->holder, RT_BREAK_GIL);
        rt_account_add(&t->account, gil_drop_request, 1);
        rt_trace_add(&t->account, RT_TRACE_DROP_REQUESTED, NULL, rt_clock_now());
    }
}

static void take_locked(RtThread *t, RtGil *gil)
{
    uint64_t since = rt_account_clock(rt_clock_now());
    rt_account_add(&t->account, gil_take, 1);
    bool waits = gil->held;
    rt_account_add(&t->account, gil_take_waited, waits);
    gil->waiting++;
    while (gil->held)
        wait_interval_locked(t, gil);
    gil->waiting--;
    gil->held = true;
    gil->holder = t;
    if (gil->last != t) {
        gil->last = t;
        gil->switches++;
        rt_condition_signal(&gil->switched);
    }
    t->gil_taken_ns = rt_account_clock(rt_clock_now());
    rt_account_add(&t->account, gil_wait_ns, t->gil_taken_ns - since);
    if (waits) rt__handover_taken(&gil->handover, &t->account, since, t->gil_taken_ns);
}

// With a drop request pending, returns only when another thread has had the lock, or nobody
// waits any more.
static void drop_locked(RtThread *t, RtGil *gil, bool forced)
{
    RT_CHECK(gil->held && gil->holder == t, "GIL dropped by a thread that does not hold it");
    uint64_t now = rt_account_clock(rt_clock_now());
    rt_account_add(&t->account, gil_hold_ns, now - t->gil_taken_ns);
    rt__handover_dropped(&gil->handover, now);
    gil->held = false;
    gil->holder = NULL;
    rt_condition_signal(&gil->freed);
    RT_POINT(t, RT_POINT_GIL_DROPPED);
    if (!forced || gil->waiting == 0) return;
    rt_account_add(&t->account, gil_forced_switch, 1);
    rt_trace_add(&t->account, RT_TRACE_FORCED_SWITCH, NULL, now);
    rt_activity_enter(&t->account, RT_ACTIVITY_WAITING, now);
    while (gil->last == t && gil->waiting > 0)
        rt_condition_wait(&gil->switched, &gil->mutex);
}

void rt_lock_take(RtThread *t)
{
    RtGil *gil = &t->runtime->gil;
    rt_mutex_lock(&gil->mutex);
    take_locked(t, gil);
    // Forgets a request that met an earlier tenure; under the mutex, lest it forget one of
    // this.
    rt__breaker_take(t, RT_BREAK_GIL);
    rt_mutex_unlock(&gil->mutex);
}

void rt_lock_drop(RtThread *t)
{
    RtGil *gil = &t->runtime->gil;
    bool requested = rt__breaker_take(t, RT_BREAK_GIL) != 0;
    rt_mutex_lock(&gil->mutex);
    drop_locked(t, gil, requested);
    rt_mutex_unlock(&gil->mutex);
}
