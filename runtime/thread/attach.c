// attach.c: the right to touch objects: taking it, giving it up, and serving the breaker.
//
// The status word says who holds a thread state (state/thread.h). Under a GIL, holding the
// lock comes first: a state is ATTACHED only while its thread holds it.
#include "thread/thread.h"

#include "alloc/heap.h"
#include "gc/gc.h"
#include "object/array.h"
#include "rt_inline.h"
#include "state/runtime.h"

__thread RtThread *rt__thread_local __attribute__((tls_model("initial-exec")));

RtThread *rt_thread_current(void)
{
    return rt__thread_local;
}

// Most stops are young collections, shorter than it takes to sleep and be woken. Who waits
// helps with them.
static void await_start(RtThread *t)
{
    for (int i = 0; i < RT_WORLD_SPINS; i++) {
        if (rt_atomic_load_relaxed(&t->status) == RT_STATUS_DETACHED) return;
        if (rt_atomic_load_relaxed(&t->gc_part) != NULL) {
            rt__gc_help(t);
            i = 0;
        }
        rt_cpu_pause();
    }
}

// Of a sleeper and who wakes it, one sees the other: the sleeper says so before the kernel
// compares the status, the other changes the status before it asks; all in one total order. So
// nobody pays for a wake-up of a thread that spins, or does not want to attach at all.
static void sleep_on_status(RtThread *t, RtStatus status)
{
    rt_atomic_store_seqcst(&t->sleeping, 1u);
    rt_futex_wait(&t->status, (uint32_t)status, RT_FOREVER);
    rt_atomic_store_relaxed(&t->sleeping, 0u);
}

void rt__status_wake(RtThread *t)
{
    if (rt_atomic_load_seqcst(&t->sleeping)) rt_futex_wake(&t->status, 1);
}

// Waits out a stop of the world or a dropper's claim. Both end with a wake-up of the status.
static void status_attach(RtThread *t)
{
    while (!rt__status_move(t, RT_STATUS_DETACHED, RT_STATUS_ATTACHED)) {
        await_start(t);
        RtStatus status = rt__status(t);
        RT_CHECK(status != RT_STATUS_ATTACHED, "thread attached twice");
        if (status != RT_STATUS_DETACHED) sleep_on_status(t, status);
    }
    rt__grace_quiesce(t);
}

static void status_detach(RtThread *t)
{
    bool moved = rt__status_move(t, RT_STATUS_ATTACHED, RT_STATUS_DETACHED);
    RT_CHECK(moved, "thread detached while it was not attached");
    RT_POINT(t, RT_POINT_DETACHED);
}

void rt__thread_attach_only(RtThread *t)
{
    rt_activity_enter(&t->account, RT_ACTIVITY_WAITING, rt_clock_now());
    rt_lock_take(t);
    status_attach(t);
    rt_activity_enter(&t->account, RT_ACTIVITY_RUNNING, rt_clock_now());
}

void rt__thread_detach_only(RtThread *t)
{
    status_detach(t);
    rt_lock_drop(t);
}

// What waits to be merged, for a thread that is attached and has suspended its sections.
// Destructors may begin sections, whose end must not take the suspended ones back.
static void merge_without_sections(RtThread *t)
{
    RtSection *suspended = t->sections;
    t->sections = NULL;
    rt_ref_drain(t, t);
    t->sections = suspended;
}

// A dropper that queued an object while this thread was still attached relies on it to
// merge. Having shown that it is detached, a thread that may stay so for long looks once more:
// whoever queues after that look sees the status and merges in its stead
// (refcount_biased.c, "Wake-ups"). Freed blocks of other heaps are sent while it is attached: a
// span's fields may only be read where the world is not stopped.
static void detach_for_long(RtThread *t)
{
    rt__heap_send_all(t);
    status_detach(t);
    while (rt_unlikely(rt_atomic_load_seqcst(&t->merge_list) != NULL)) {
        status_attach(t);
        merge_without_sections(t);
        rt__heap_send_all(t);
        status_detach(t);
    }
    rt__world_note_arrival(t);
    rt_lock_drop(t);
}

void rt__claim_release(RtThread *owner)
{
    bool moved = rt__status_move(owner, RT_STATUS_CLAIMED, RT_STATUS_DETACHED);
    RT_CHECK(moved, "a claimed thread state changed hands");
    rt__status_wake(owner);
    rt__world_note_arrival(owner);
}

void rt_thread_detach(RtThread *t)
{
    rt_section_suspend_all(t);
    detach_for_long(t);
    rt_activity_enter(&t->account, RT_ACTIVITY_BLOCKED, rt_clock_now());
}

void rt_thread_attach(RtThread *t)
{
    rt__thread_attach_only(t);
    rt_section_resume(t);
}

// The request stays set until the lock is dropped: that is what makes a switch forced.
static void switch_thread(RtThread *t)
{
    rt__thread_detach_only(t);
    rt__thread_attach_only(t);
}

void rt_thread_yield(RtThread *t)
{
    if (!RT_LOCK_EXCLUDES_THREADS) return;
    rt__breaker_set(t, RT_BREAK_GIL);
    switch_thread(t);
}

// While others keep dropping objects of this thread's, these wait for each other for some
// polls: merged together, they are cheaper, and the lines that a drop writes stay with the
// dropper. How many polls is learned from how many objects came last time: one that comes
// alone, after another that did, is merged at the next. Retired arrays wait as object/array.c
// says. Whatever else is wanted ends the wait of both, as detaching does.
static bool can_wait(RtThread *t, uint32_t wanted)
{
    if (wanted & ~(uint32_t)(RT_BREAK_MERGE | RT_BREAK_RECLAIM)) return false;
    if ((wanted & RT_BREAK_MERGE) && t->merge_patience == 0) return false;
    if ((wanted & RT_BREAK_RECLAIM) && t->retired.patience == 0) return false;
    if (wanted & RT_BREAK_MERGE) t->merge_patience--;
    if (wanted & RT_BREAK_RECLAIM) t->retired.patience--;
    return true;
}

static void serve_merges(RtThread *t)
{
    rt__breaker_take(t, RT_BREAK_MERGE);
    size_t merged = rt_ref_drain(t, t);
    size_t polls = merged > 1 ? (merged - 1) * RT_MERGE_POLLS : 0;
    t->merge_patience = polls < RT_MERGE_PATIENCE ? (uint32_t)polls : RT_MERGE_PATIENCE;
}

void rt__poll_slow(RtThread *t)
{
    rt_account_add(&t->account, poll_slow, 1);
    uint32_t wanted = rt_atomic_load_relaxed(&t->breaker);
    if (can_wait(t, wanted)) return;
    if (wanted & RT_BREAK_GRACE) rt__breaker_take(t, RT_BREAK_GRACE);
    rt__grace_quiesce(t);
    if (wanted & RT_BREAK_MERGE) serve_merges(t);
    if (rt_unlikely(wanted & RT_BREAK_RECLAIM)) rt__array_reclaim(t);
    if (wanted & RT_BREAK_WORLD) rt__world_serve_stop(t);
    // A stop may have been a collection, which left a share of its garbage.
    if (rt_atomic_load_relaxed(&t->breaker) & RT_BREAK_GC) rt__gc_serve(t);
    if (wanted & RT_BREAK_GIL) switch_thread(t);
}
