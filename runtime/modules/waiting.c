// waiting.c: sleeping until another thread says so.
#include "modules/waiting.h"

#include <math.h>

#define NS_PER_S 1000000000.0

uint64_t rt__time_left(uint64_t deadline)
{
    if (deadline == RT_NO_DEADLINE) return RT_FOREVER;
    uint64_t now = rt_clock_now();
    return now < deadline ? deadline - now : 0;
}

static void append(RtWaitList *list, RtSleeper *sleeper)
{
    RtSleeper **end = &list->first;
    while (*end != NULL)
        end = &(*end)->next;
    *end = sleeper;
}

static void take_out(RtWaitList *list, const RtSleeper *sleeper)
{
    RtSleeper **link = &list->first;
    while (*link != sleeper)
        link = &(*link)->next;
    *link = sleeper->next;
}

static RtWait sleep_until(RtThread *t, RtSleeper *sleeper, uint64_t deadline)
{
    while (!rt_atomic_load_acquire(&sleeper->woken)) {
        uint64_t left = rt__time_left(deadline);
        if (left == 0) return RT_WAIT_TIMED_OUT;
        if (rt__interrupt_waits(t)) return RT_WAIT_INTERRUPTED;
        rt_futex_wait(&sleeper->woken, 0, left);
    }
    return RT_WAIT_DONE;
}

RtWait rt__wait(RtThread *t, RtMutex *mutex, RtWaitList *list, uint64_t deadline)
{
    if (deadline == 0) return RT_WAIT_TIMED_OUT;
    RtSleeper sleeper = {.next = NULL};
    append(list, &sleeper);
    rt_mutex_unlock(mutex);
    rt_thread_detach(t);
    RtWait wait = sleep_until(t, &sleeper, deadline);
    rt_thread_attach(t);
    rt_mutex_lock(mutex);
    // Woken after all: then it is in no list, and must not lose what it was woken for.
    if (rt_atomic_load_acquire(&sleeper.woken)) return RT_WAIT_DONE;
    take_out(list, &sleeper);
    return wait;
}

// Once `woken` is stored the sleeper may return, and its word be something else: a wake-up that
// comes there is one too many for whoever sleeps, and all look again.
void rt__wake(RtWaitList *list, size_t count)
{
    for (; count > 0 && list->first != NULL; count--) {
        RtSleeper *sleeper = list->first;
        list->first = sleeper->next;
        rt_atomic_store_release(&sleeper->woken, 1u);
        rt_futex_wake(&sleeper->woken, 1);
    }
}

bool rt__deadline_of(RtThread *t, RtObject *timeout, bool negative_is_never, uint64_t *deadline)
{
    double seconds;
    *deadline = RT_NO_DEADLINE;
    if (timeout == NULL || timeout == rt_none()) return true;
    if (!rt__as_double(t, timeout, &seconds)) return false;
    if (isnan(seconds)) {
        rt_error_set(t, RT_ERROR_VALUE, "Invalid value NaN (not a number)");
        return false;
    }
    if (seconds < 0 && negative_is_never) return true;
    uint64_t now = rt_clock_now();
    if (seconds * NS_PER_S > 0x1p62) {
        rt_error_set(t, RT_ERROR_OVERFLOW, "timeout value is too large");
        return false;
    }
    *deadline = now + (seconds > 0 ? (uint64_t)ceil(seconds * NS_PER_S) : 0);
    return true;
}

RtObject *rt__wait_result(RtThread *t, RtWait wait)
{
    if (wait == RT_WAIT_INTERRUPTED && !rt__serve_interrupt(t)) return NULL;
    return rt_bool(wait == RT_WAIT_DONE);
}
