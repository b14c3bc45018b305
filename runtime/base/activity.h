// activity.h: what a thread does with its time, without gaps; account builds only.
//
// A thread does one of four things at any moment. Each change adds the time since the last
// one to its account and, where a trace is kept, is an event of it. So the four times of a
// thread sum to the time that it has existed, whatever it went through.
//
// Clocks belong to the platform, a later layer: callers give the time, which timed builds do
// not read.
#ifndef RT_BASE_ACTIVITY_H
#define RT_BASE_ACTIVITY_H

#include "base/account.h"

#ifdef RT_ACCOUNT

// From `now` on the thread does something else. A moment before the last change counts as
// that change: a lock may have come free before this thread began to wait for it.
static inline void rt__activity_enter(RtAccount *account, RtActivity activity, uint64_t now)
{
    static const int counters[RT_ACTIVITY_COUNT] = {
        [RT_ACTIVITY_BLOCKED] = RT_ACCOUNT_time_blocked_ns,
        [RT_ACTIVITY_RUNNING] = RT_ACCOUNT_time_running_ns,
        [RT_ACTIVITY_WAITING] = RT_ACCOUNT_time_waiting_ns,
        [RT_ACTIVITY_SWITCHING] = RT_ACCOUNT_time_switching_ns,
    };
    if (now < account->activity_since_ns) now = account->activity_since_ns;
    account->values[counters[account->activity]] += now - account->activity_since_ns;
    account->activity_since_ns = now;
    if (account->activity == activity) return;
    account->activity = activity;
    if (account->trace.events != NULL)
        rt__trace_add(&account->trace, (RtTraceKind)activity, NULL, now);
}

// The account of a thread that begins to exist, detached. `trace` may be without a ring.
static inline void rt__activity_begin(RtAccount *account, RtTrace trace, uint64_t now)
{
    account->activity = RT_ACTIVITY_BLOCKED;
    account->activity_since_ns = now;
    account->trace = trace;
}

#define rt_activity_enter(account, activity, now)                                              \
    rt__activity_enter((account), (activity), (now))
#define rt_activity_begin(account, trace, now) rt__activity_begin((account), (trace), (now))
#define rt_trace_add(account, kind, what, now)                                                 \
    ((account)->trace.events != NULL ? rt__trace_add(&(account)->trace, (kind), (what), (now)) \
                                     : (void)0)
#define rt_account_trace(account) (&(account)->trace)

#else

#define rt_activity_enter(account, activity, now) ((void)sizeof(account), (void)sizeof(now))
#define rt_activity_begin(account, trace, now)                                                 \
    ((void)sizeof(account), (void)sizeof(trace), (void)sizeof(now))
#define rt_trace_add(account, kind, what, now)                                                 \
    ((void)sizeof(account), (void)sizeof(what), (void)sizeof(now))
#define rt_account_trace(account) ((void)sizeof(account), (RtTrace *)NULL)

#endif
#endif
