// world.c: stopping the world at safepoints.
//
// The stopper takes its turn (a mutex, waited for detached, so that a stopper can itself be
// stopped), then goes through all thread states under threads_lock: a DETACHED one becomes
// SUSPENDED and cannot attach; an ATTACHED one is asked through its eval breaker. A running
// thread stops at its next poll: it gives up its critical sections, becomes SUSPENDED, and
// says that it arrived. The stopper spins for some tens of microseconds, for threads poll often,
// then sleeps until the next arrival.
//
// A thread may also detach instead of polling (it blocks), or be CLAIMED for a moment; so
// the stopper sweeps over all states again until each is SUSPENDED, by its own thread or by
// the sweep; the status word's compare-and-swap decides which. An arrival only tells the
// stopper that another sweep is worth its while. None is missed: the stopper sets the breaker
// and then tries the status once more, who detaches or ends a claim sets the status and then
// reads the breaker, sequentially consistent all: one of the two sees the other.
//
// New states are linked under threads_lock while `stopping` is read under it, so a thread
// that enters during a stop is born SUSPENDED.
//
// Under a GIL nothing of this runs: its holder is the only one attached.
#include "thread/thread.h"

#include "gc/gc.h"
#include "rt_inline.h"

void rt__world_init(RtRuntime *runtime)
{
    rt_mutex_init(&runtime->world.turn);
}

void rt__world_destroy(RtRuntime *runtime)
{
    rt_mutex_destroy(&runtime->world.turn);
}

// Suspends every DETACHED thread and asks the others to stop. Returns how many have not.
static unsigned sweep_locked(RtThread *stopper)
{
    unsigned running = 0;
    for (RtThread *t = stopper->runtime->threads; t != NULL; t = t->next) {
        if (t == stopper) continue;
        if (rt__status(t) == RT_STATUS_SUSPENDED) continue;
        if (rt__status_move(t, RT_STATUS_DETACHED, RT_STATUS_SUSPENDED)) continue;
        rt__breaker_set(t, RT_BREAK_WORLD);
        if (rt__status_move(t, RT_STATUS_DETACHED, RT_STATUS_SUSPENDED)) continue;
        running++;
    }
    return running;
}

static unsigned sweep(RtThread *stopper)
{
    RtRuntime *runtime = stopper->runtime;
    rt_mutex_lock(&runtime->threads_lock);
    unsigned running = sweep_locked(stopper);
    rt_mutex_unlock(&runtime->threads_lock);
    return running;
}

// Waits until some thread has stopped since `arrivals` was read, or a while has passed.
static void await_arrival(RtWorld *world, uint32_t arrivals)
{
    for (int i = 0; i < RT_WORLD_SPINS; i++) {
        if (rt_atomic_load_acquire(&world->arrivals) != arrivals) return;
        rt_cpu_pause();
    }
    rt_atomic_store_seqcst(&world->sleeping, 1u);
    rt_futex_wait(&world->arrivals, arrivals, RT_WORLD_RECHECK_NS);
    rt_atomic_store_relaxed(&world->sleeping, 0u);
}

// Sleeper and waker see each other as in thread/attach.c.
static void arrive(RtWorld *world)
{
    rt_atomic_add_seqcst(&world->arrivals, 1u);
    if (rt_atomic_load_seqcst(&world->sleeping)) rt_futex_wake(&world->arrivals, 1);
}

void rt__world_note_arrival(RtThread *t)
{
    if (rt_unlikely(rt_atomic_load_seqcst(&t->breaker) & RT_BREAK_WORLD))
        arrive(&t->runtime->world);
}

// Whoever counts references from here on sees those that wait to be merged.
static void settle_counts(RtRuntime *runtime)
{
    rt_mutex_lock(&runtime->threads_lock);
    for (RtThread *t = runtime->threads; t != NULL; t = t->next)
        rt_ref_settle(t);
    rt_mutex_unlock(&runtime->threads_lock);
}

void rt_world_stop(RtThread *t)
{
    if (RT_LOCK_EXCLUDES_THREADS) return;
    RtWorld *world = &t->runtime->world;
    uint64_t since = rt_account_clock(rt_clock_now());
    rt_account_add(&t->account, world_stops, 1);
    rt_section_suspend_all(t);
    rt__thread_detach_only(t);
    rt_activity_enter(&t->account, RT_ACTIVITY_WAITING, rt_clock_now());
    rt_mutex_lock(&world->turn);
    rt__thread_attach_only(t);
    RT_POINT(t, RT_POINT_WORLD_STOPPING);
    rt_mutex_lock(&t->runtime->threads_lock);
    world->stopper = t;
    world->stopping = true;
    rt_mutex_unlock(&t->runtime->threads_lock);
    rt_activity_enter(&t->account, RT_ACTIVITY_WAITING, rt_clock_now());
    uint32_t arrivals = rt_atomic_load_acquire(&world->arrivals);
    unsigned running = sweep(t);
    rt__gc_prepare(t);
    while (running != 0) {
        await_arrival(world, arrivals);
        arrivals = rt_atomic_load_acquire(&world->arrivals);
        running = sweep(t);
    }
    settle_counts(t->runtime);
    t->has_stopped_world = true;
    rt_activity_enter(&t->account, RT_ACTIVITY_RUNNING, rt_clock_now());
    rt_account_add(&t->account, world_stop_ns, rt_account_clock(rt_clock_now()) - since);
}

// Frees every state, then merges for those that sleep: a dropper that found one SUSPENDED
// left its object to us.
void rt_world_start(RtThread *t)
{
    if (RT_LOCK_EXCLUDES_THREADS) return;
    RtRuntime *runtime = t->runtime;
    RT_CHECK(t->has_stopped_world, "world started by a thread that did not stop it");
    t->has_stopped_world = false;
    rt_mutex_lock(&runtime->threads_lock);
    runtime->world.stopping = false;
    runtime->world.stopper = NULL;
    for (RtThread *other = runtime->threads; other != NULL; other = other->next) {
        if (other == t) continue;
        rt__breaker_take(other, RT_BREAK_WORLD);
        bool moved = rt__status_move(other, RT_STATUS_SUSPENDED, RT_STATUS_DETACHED);
        RT_CHECK(moved, "a stopped thread ran");
        rt__status_wake(other);
        RT_POINT(t, RT_POINT_WORLD_RESUMING);
    }
    RtThread *newest = runtime->threads;
    rt_mutex_unlock(&runtime->threads_lock);
    rt_mutex_unlock(&runtime->world.turn);
    for (RtThread *other = newest; other != NULL; other = other->next) {
        if (other != t) rt_ref_drain(t, other);
    }
    rt_section_resume(t);
}

void rt__world_serve_stop(RtThread *t)
{
    RtRuntime *runtime = t->runtime;
    rt_mutex_lock(&runtime->threads_lock);
    bool stopping = runtime->world.stopping && runtime->world.stopper != t;
    rt_mutex_unlock(&runtime->threads_lock);
    if (!stopping) return;
    uint64_t since = rt_account_clock(rt_clock_now());
    rt_activity_enter(&t->account, RT_ACTIVITY_WAITING, since);
    rt_section_suspend_all(t);
    rt__gc_prepare(t);
    t->is_at_poll = true;
    if (rt__status_move(t, RT_STATUS_ATTACHED, RT_STATUS_SUSPENDED)) arrive(&runtime->world);
    rt__thread_attach_only(t);
    t->is_at_poll = false;
    rt_section_resume(t);
    rt_account_add(&t->account, world_stopped_ns, rt_account_clock(rt_clock_now()) - since);
}
