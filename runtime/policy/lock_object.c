// lock_object.c: waiting for a one-byte lock: spinning, parking, and the bound on unfairness.
//
// A byte has no room for a queue, so waiters queue in the runtime's lot: a table of buckets
// by the lock's address, each a first-in first-out list of waiters on their own stacks.
//
// No wake-up is lost: a waiter queues only after it saw HELD|PARKED *under the bucket's
// mutex*; once PARKED is set, the holder can release only under that same mutex. So either
// the waiter queues before the release and is found, or the byte has changed and it does not
// queue.
//
// Fairness: a released lock is up for grabs (barging keeps throughput), except that a waiter
// which has waited RT_LOCK_FAIR_NS is handed it: the byte stays HELD and the waiter wakes as
// its holder. No waiter is passed over for longer than that plus one tenure for each waiter
// before it.
#include "policy/policy.h"

struct RtWaiter {
    RtWaiter *next;
    RtLockByte *lock;
    uint64_t since_ns;      // when it began to wait
    uint64_t woken_ns;      // when a releaser chose it; account builds only
    _Atomic uint32_t state; // a futex: 0 asleep, then one of the next two
};
enum { WAITER_ASLEEP, WAITER_COMPETE, WAITER_HANDED };

void rt_lock_init(RtRuntime *runtime)
{
    for (unsigned i = 0; i < RT_LOT_BUCKETS; i++)
        rt_mutex_init(&runtime->lot.buckets[i].mutex);
}

void rt_lock_destroy(RtRuntime *runtime)
{
    for (unsigned i = 0; i < RT_LOT_BUCKETS; i++)
        rt_mutex_destroy(&runtime->lot.buckets[i].mutex);
}

static RtBucket *bucket_of(RtThread *t, RtLockByte *lock)
{
    return &t->runtime->lot.buckets[((uintptr_t)lock / RT_GRANULE) % RT_LOT_BUCKETS];
}

// ------------------------------------------------------------------ taking

// One attempt on a byte that may have the PARKED bit set, which it keeps.
static bool try_keeping_parked(RtLockByte *lock)
{
    uint8_t value = rt_atomic_load_relaxed(lock);
    return !(value & RT_LOCK_HELD) &&
           rt_atomic_cas_acquire(lock, &value, (uint8_t)(value | RT_LOCK_HELD));
}

// Looks ever more rarely: each look takes the byte's line from its holder, who then waits for
// it to release, and most likely for the rest of the object as well.
static bool spin(RtLockByte *lock)
{
    for (int pauses = 1; pauses <= RT_LOCK_SPINS; pauses *= 2) {
        for (int i = 0; i < pauses; i++)
            rt_cpu_pause();
        if (try_keeping_parked(lock)) return true;
    }
    return false;
}

// Makes sure that PARKED is set beside HELD. False: the byte is not HELD any more.
static bool announce(RtLockByte *lock)
{
    uint8_t value = rt_atomic_load_relaxed(lock);
    while (value & RT_LOCK_HELD) {
        if (value & RT_LOCK_PARKED) return true;
        if (rt_atomic_cas_relaxed(lock, &value, (uint8_t)(value | RT_LOCK_PARKED))) return true;
    }
    return false;
}

static bool enqueue(RtBucket *bucket, RtWaiter *waiter)
{
    rt_mutex_lock(&bucket->mutex);
    bool held = rt_atomic_load_relaxed(waiter->lock) == (RT_LOCK_HELD | RT_LOCK_PARKED);
    if (held) {
        if (bucket->first == NULL)
            bucket->first = waiter;
        else
            bucket->last->next = waiter;
        bucket->last = waiter;
    }
    rt_mutex_unlock(&bucket->mutex);
    return held;
}

// Sleeps until the lock is handed over (true) or worth another try (false). The acquire
// pairs with the releaser's release of `state`: a handed lock brings what it protects.
static bool sleep_in_lot(RtThread *t, RtBucket *bucket, RtWaiter *waiter)
{
    waiter->next = NULL;
    rt_atomic_store_relaxed(&waiter->state, (uint32_t)WAITER_ASLEEP);
    if (!enqueue(bucket, waiter)) return false;
    uint32_t state;
    while ((state = rt_atomic_load_acquire(&waiter->state)) == WAITER_ASLEEP)
        rt_futex_wait(&waiter->state, WAITER_ASLEEP, RT_FOREVER);
    rt_activity_enter(&t->account, RT_ACTIVITY_SWITCHING, waiter->woken_ns);
    return state == WAITER_HANDED;
}

// Blocks until the lock is this thread's. The thread is detached: it may wait long, and the
// world may stop meanwhile.
static void park(RtThread *t, RtLockByte *lock)
{
    RtWaiter waiter = {.lock = lock, .since_ns = rt_clock_now()};
    RtBucket *bucket = bucket_of(t, lock);
    while (!try_keeping_parked(lock)) {
        if (!announce(lock)) continue;
        RT_POINT(t, RT_POINT_LOCK_PARKING);
        rt_account_add(&t->account, section_parked, 1);
        rt_activity_enter(&t->account, RT_ACTIVITY_WAITING, rt_clock_now());
        if (sleep_in_lot(t, bucket, &waiter)) {
            rt_account_add(&t->account, section_handed, 1);
            return;
        }
    }
}

// Sections around the lock are given up before sleeping.
static void wait_and_take(RtThread *t, RtLockByte *lock)
{
    rt_account_add(&t->account, section_slow, 1);
    uint64_t since = rt_account_clock(rt_clock_now());
    rt_activity_enter(&t->account, RT_ACTIVITY_WAITING, since);
    if (spin(lock)) {
        rt_account_add(&t->account, section_spun, 1);
    } else {
        rt_section_suspend_all(t);
        rt__thread_detach_only(t);
        park(t, lock);
        rt__thread_attach_only(t);
    }
    uint64_t now = rt_account_clock(rt_clock_now());
    rt_activity_enter(&t->account, RT_ACTIVITY_RUNNING, now);
    rt_account_add(&t->account, section_wait_ns, now - since);
}

// Takes the lock, spinning first.
static void take(RtThread *t, RtLockByte *lock)
{
    if (!try_keeping_parked(lock)) {
        RT_POINT(t, RT_POINT_LOCK_SLOW);
        wait_and_take(t, lock);
    }
    rt_trace_add(&t->account, RT_TRACE_LOCKED, lock, rt_clock_now());
}

// ------------------------------------------------------------------ releasing

// Unlinks the first waiter for `lock`; `*more` says whether another one follows it.
static RtWaiter *dequeue_locked(RtBucket *bucket, RtLockByte *lock, bool *more)
{
    RtWaiter *found = NULL;
    RtWaiter *previous = NULL;
    RtWaiter *before = NULL;
    *more = false;
    for (RtWaiter *w = bucket->first; w != NULL; previous = w, w = w->next) {
        if (w->lock != lock) continue;
        if (found != NULL) {
            *more = true;
            break;
        }
        found = w;
        before = previous;
    }
    if (found == NULL) return NULL;
    if (before != NULL)
        before->next = found->next;
    else
        bucket->first = found->next;
    if (bucket->last == found) bucket->last = before;
    return found;
}

// The byte was HELD|PARKED. Release, under the bucket's mutex; see the law of the byte.
void rt__lock_release_slow(RtThread *t, RtLockByte *lock)
{
    RtBucket *bucket = bucket_of(t, lock);
    bool more;
    rt_mutex_lock(&bucket->mutex);
    RtWaiter *waiter = dequeue_locked(bucket, lock, &more);
    bool hand = waiter != NULL && rt_clock_now() - waiter->since_ns >= RT_LOCK_FAIR_NS;
    rt_atomic_store_release(
        lock, (uint8_t)((hand ? RT_LOCK_HELD : 0u) | (more ? RT_LOCK_PARKED : 0u)));
    rt_mutex_unlock(&bucket->mutex);
    if (waiter == NULL) return;
    RT_POINT(t, RT_POINT_LOCK_WAKING);
    waiter->woken_ns = rt_account_clock(rt_clock_now());
    // After this store the waiter may be gone with its stack; the wake only uses its address.
    rt_atomic_store_release(&waiter->state, (uint32_t)(hand ? WAITER_HANDED : WAITER_COMPETE));
    rt_futex_wake(&waiter->state, 1);
}

// ------------------------------------------------------------------ sections

static void acquire(RtThread *t, RtSection *section)
{
    take(t, section->first);
    // Holding the lower address while waiting for the higher one: a circle of such waits
    // would need an address above itself.
    if (section->second != NULL) take(t, section->second);
    section->held = true;
}

// Whether the innermost section around this one that locks anything holds what this one
// wants. Sections that lock nothing are skipped: they are nested like this one.
static bool is_nested(const RtSection *section)
{
    const RtSection *outer = section->outer;
    while (outer != NULL && outer->first == NULL)
        outer = outer->outer;
    if (outer == NULL || !outer->held) return false;
    if (section->second != NULL)
        return outer->first == section->first && outer->second == section->second;
    return outer->first == section->first || outer->second == section->first;
}

// A thread that had just got a lock when the world stopped keeps it, asleep, before it has
// looked at the object. Who stopped the world must not wait for it, and need not: nobody
// else runs.
void rt__section_begin_slow(RtThread *t, RtSection *section)
{
    if (is_nested(section) || t->has_stopped_world)
        section->first = NULL;
    else
        acquire(t, section);
    t->sections = section;
}

// While it waits, the sections around it are given up; its end takes them back.
RtHold rt__hold_begin_slow(RtThread *t, RtLockByte *lock)
{
    const RtSection section = {.outer = t->sections, .first = lock};
    if (is_nested(&section) || t->has_stopped_world) return (RtHold){NULL};
    take(t, lock);
    return (RtHold){lock};
}

void rt__section_begin_two_slow(RtThread *t, RtSection *section)
{
    if (is_nested(section) || t->has_stopped_world)
        section->first = section->second = NULL;
    else
        acquire(t, section);
    t->sections = section;
}

void rt__section_suspend_slow(RtThread *t)
{
    for (RtSection *s = t->sections; s != NULL; s = s->outer) {
        if (!s->held || s->first == NULL) continue;
        s->held = false;
        rt_account_add(&t->account, section_suspended, 1);
        if (s->second != NULL) rt__lock_release(t, s->second);
        rt__lock_release(t, s->first);
    }
}

// Takes back the innermost section that locks anything. While it waits, nothing of this
// thread is held, so the wait can give nothing up that it would have to take back.
void rt__section_resume_slow(RtThread *t)
{
    if (t->has_stopped_world) return; // rt_world_start resumes
    RtSection *s = t->sections;
    while (s != NULL && s->first == NULL)
        s = s->outer;
    if (s != NULL && !s->held) acquire(t, s);
}
