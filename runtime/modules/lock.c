// lock.c: threading.Lock and RLock: a futex each.
//
// Taking a free lock is a compare-and-swap, giving up one that nobody waits for an exchange.
// Who gets it when several wait is whoever comes first once it is free, as in CPython.
#include "modules/lock.h"

#include "builtins/builtins.h"
#include "object/format.h"
#include "object/value.h"

enum { FREE, HELD, CONTENDED };

static bool try_acquire(RtLock *lock)
{
    uint32_t expected = FREE;
    return rt_atomic_cas_acquire(&lock->word, &expected, (uint32_t)HELD);
}

// Detached. A sleeper marks the word, so that whoever frees it wakes one; and who got it by
// that mark keeps the mark, for there may be others.
static RtWait contend(RtThread *t, RtLock *lock, uint64_t deadline, bool interruptible)
{
    while (rt_atomic_exchange_acquire(&lock->word, (uint32_t)CONTENDED) != FREE) {
        uint64_t left = rt__time_left(deadline);
        if (left == 0) return RT_WAIT_TIMED_OUT;
        if (interruptible && rt__interrupt_waits(t)) return RT_WAIT_INTERRUPTED;
        rt_futex_wait(&lock->word, CONTENDED, left);
    }
    return RT_WAIT_DONE;
}

static RtWait acquire(RtThread *t, RtLock *lock, uint64_t deadline, bool interruptible)
{
    if (rt_likely(try_acquire(lock))) return RT_WAIT_DONE;
    if (deadline == 0) return RT_WAIT_TIMED_OUT;
    rt_thread_detach(t);
    RtWait wait = contend(t, lock, deadline, interruptible);
    rt_thread_attach(t);
    return wait;
}

// Release, for the one that takes it next; false: it was free.
static bool release(RtLock *lock)
{
    uint32_t was = rt_atomic_exchange_acq_rel(&lock->word, (uint32_t)FREE);
    if (was == CONTENDED) rt_futex_wake(&lock->word, 1);
    return was != FREE;
}

static bool is_mine(const RtThread *t, const RtLock *lock)
{
    return rt_atomic_load_relaxed(&lock->owner) == t->id;
}

static void own(const RtThread *t, RtLock *lock, uint32_t depth)
{
    rt_atomic_store_relaxed(&lock->owner, t->id);
    lock->depth = depth;
}

static RtWait acquire_recursive(RtThread *t, RtLock *lock, uint64_t deadline)
{
    if (is_mine(t, lock)) {
        lock->depth++;
        return RT_WAIT_DONE;
    }
    RtWait wait = acquire(t, lock, deadline, true);
    if (wait == RT_WAIT_DONE) own(t, lock, 1);
    return wait;
}

static bool release_recursive(RtThread *t, RtLock *lock)
{
    if (!is_mine(t, lock)) return false;
    if (--lock->depth > 0) return true;
    rt_atomic_store_relaxed(&lock->owner, 0ull);
    return release(lock);
}

// ------------------------------------------------------------------ for conditions

bool rt__lock_is_owned(const RtThread *t, const RtLock *lock)
{
    if (lock->base.type == &rt__rlock_type) return is_mine(t, lock);
    return rt_atomic_load_relaxed(&lock->word) != FREE;
}

uint32_t rt__lock_release_all(RtLock *lock)
{
    uint32_t depth = lock->depth;
    lock->depth = 0;
    rt_atomic_store_relaxed(&lock->owner, 0ull);
    release(lock);
    return depth;
}

void rt__lock_acquire_again(RtThread *t, RtLock *lock, uint32_t depth)
{
    acquire(t, lock, RT_NO_DEADLINE, false);
    if (lock->base.type == &rt__rlock_type) own(t, lock, depth);
}

// ------------------------------------------------------------------ methods

// From the arguments of acquire(blocking=True, timeout=-1); *deadline 0: try only.
static bool parse(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames,
                  uint64_t *deadline)
{
    static const char *const names[] = {"", "blocking", "timeout", NULL};
    RtObject *values[3];
    if (!rt__arguments(t, "acquire", args, count, kwnames, names, values)) return false;
    int blocking = values[1] != NULL ? rt__truth(t, values[1]) : 1;
    double seconds = -1;
    if (blocking < 0 || (values[2] != NULL && !rt__as_double(t, values[2], &seconds)))
        return false;
    const char *wrong = NULL;
    if (!blocking && seconds != -1) wrong = "can't specify a timeout for a non-blocking call";
    if (seconds < 0 && seconds != -1) wrong = "timeout value must be a non-negative number";
    if (wrong != NULL) rt_error_set(t, RT_ERROR_VALUE, wrong);
    if (wrong != NULL) return false;
    *deadline = 0;
    return !blocking || rt__deadline_of(t, values[2], true, deadline);
}

NATIVE(lock_acquire)
{
    uint64_t deadline;
    if (!parse(t, args, count, kwnames, &deadline)) return NULL;
    return rt__wait_result(t, acquire(t, rt__lock_of(args[0]), deadline, true));
}

NATIVE(rlock_acquire)
{
    uint64_t deadline;
    if (!parse(t, args, count, kwnames, &deadline)) return NULL;
    return rt__wait_result(t, acquire_recursive(t, rt__lock_of(args[0]), deadline));
}

NATIVE(lock_enter)
{
    return rt__wait_result(t, acquire(t, rt__lock_of(args[0]), RT_NO_DEADLINE, true));
}

NATIVE(rlock_enter)
{
    return rt__wait_result(t, acquire_recursive(t, rt__lock_of(args[0]), RT_NO_DEADLINE));
}

NATIVE(lock_release)
{
    if (release(rt__lock_of(args[0]))) return rt_none();
    rt_error_set(t, RT_ERROR_RUNTIME, "release unlocked lock");
    return NULL;
}

NATIVE(rlock_release)
{
    if (release_recursive(t, rt__lock_of(args[0]))) return rt_none();
    rt_error_set(t, RT_ERROR_RUNTIME, "cannot release un-acquired lock");
    return NULL;
}

NATIVE(lock_locked)
{
    return rt_bool(rt_atomic_load_relaxed(&rt__lock_of(args[0])->word) != FREE);
}

// ------------------------------------------------------------------ the types

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    (void)args;
    if (!rt__accepts(t, type->name, count, 0, kwnames)) return NULL;
    RtLock *lock = (RtLock *)rt__object_new(t, type, sizeof(RtLock));
    if (lock == NULL) return NULL;
    rt_atomic_store_relaxed(&lock->word, (uint32_t)FREE);
    rt_atomic_store_relaxed(&lock->owner, 0ull);
    lock->depth = 0;
    return &lock->base;
}

RtObject *rt__rlock_new(RtThread *t)
{
    return construct(t, &rt__rlock_type, NULL, 0, NULL);
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    bool held = rt_atomic_load_relaxed(&rt__lock_of(object)->word) != FREE;
    return rt__format(t, "<%s _thread.%s object at %p>", held ? "locked" : "unlocked",
                      object->type->name, (void *)object);
}

static const RtBuiltin lock_methods[] = {
    RT_METHOD_KW("lock.acquire", lock_acquire, 0, 2),
    RT_METHOD("lock.release", lock_release, 0, 0),
    RT_METHOD("lock.locked", lock_locked, 0, 0),
    RT_METHOD("lock.__enter__", lock_enter, 0, 0),
    RT_METHOD("lock.__exit__", lock_release, 3, 3),
    RT_BUILTIN_END,
};

static const RtBuiltin rlock_methods[] = {
    RT_METHOD_KW("RLock.acquire", rlock_acquire, 0, 2),
    RT_METHOD("RLock.release", rlock_release, 0, 0),
    RT_METHOD("RLock.__enter__", rlock_enter, 0, 0),
    RT_METHOD("RLock.__exit__", rlock_release, 3, 3),
    RT_BUILTIN_END,
};

static const RtSlots lock_slots = {.construct = construct, .methods = lock_methods};
static const RtSlots rlock_slots = {.construct = construct, .methods = rlock_methods};

const RtType rt__lock_type = {RT_TYPE_BASE, .name = "lock", .slots = &lock_slots,
                              .hash = rt__identity_hash, .repr = repr};
const RtType rt__rlock_type = {RT_TYPE_BASE, .name = "RLock", .slots = &rlock_slots,
                               .hash = rt__identity_hash, .repr = repr};
