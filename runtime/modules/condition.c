// condition.c: threading.Condition, over a Lock or an RLock.
//
// The list of sleepers has a mutex of its own. Who waits enters the list before giving up the
// lock, both under that mutex, which whoever notifies takes too: no notification is missed.
#include "modules/lock.h"
#include "modules/modules.h"
#include "modules/threading.h"

typedef struct RtConditionObject {
    RtObject base;
    RtObject *lock; // a reference
    RtMutex mutex;
    RtWaitList sleepers; // guarded by the mutex
} RtConditionObject;

static inline RtConditionObject *condition_of(RtObject *object)
{
    return (RtConditionObject *)object;
}

static bool is_owned(RtThread *t, const RtConditionObject *condition, const char *message)
{
    if (rt__lock_is_owned(t, rt__lock_of(condition->lock))) return true;
    rt_error_set(t, RT_ERROR_RUNTIME, message);
    return false;
}

static RtWait wait_until(RtThread *t, RtConditionObject *condition, uint64_t deadline)
{
    RtLock *lock = rt__lock_of(condition->lock);
    rt_mutex_lock(&condition->mutex);
    uint32_t depth = rt__lock_release_all(lock);
    RtWait wait = rt__wait(t, &condition->mutex, &condition->sleepers, deadline);
    rt_mutex_unlock(&condition->mutex);
    rt__lock_acquire_again(t, lock, depth);
    return wait;
}

NATIVE(condition_wait)
{
    static const char *const names[] = {"", "timeout", NULL};
    RtObject *values[2];
    uint64_t deadline;
    if (!rt__arguments(t, "wait", args, count, kwnames, names, values) ||
        !is_owned(t, condition_of(args[0]), "cannot wait on un-acquired lock") ||
        !rt__deadline_of(t, values[1], false, &deadline))
        return NULL;
    return rt__wait_result(t, wait_until(t, condition_of(args[0]), deadline));
}

// What the predicate last said.
NATIVE(condition_wait_for)
{
    static const char *const names[] = {"", "predicate", "timeout", NULL};
    RtObject *values[3];
    uint64_t deadline;
    if (!rt__arguments(t, "wait_for", args, count, kwnames, names, values) ||
        !rt__deadline_of(t, values[2], false, &deadline))
        return NULL;
    for (;;) {
        RtObject *result = rt__call(t, values[1], NULL, 0, NULL);
        int holds = result != NULL ? rt__truth(t, result) : -1;
        if (holds > 0 || (holds == 0 && rt__time_left(deadline) == 0)) return result;
        rt_decref_null(t, result);
        if (holds < 0) return NULL;
        if (!is_owned(t, condition_of(args[0]), "cannot wait on un-acquired lock")) return NULL;
        RtWait wait = wait_until(t, condition_of(args[0]), deadline);
        if (wait == RT_WAIT_INTERRUPTED && !rt__serve_interrupt(t)) return NULL;
    }
}

static RtObject *notify(RtThread *t, RtConditionObject *condition, size_t most)
{
    if (!is_owned(t, condition, "cannot notify on un-acquired lock")) return NULL;
    rt_mutex_lock(&condition->mutex);
    rt__wake(&condition->sleepers, most);
    rt_mutex_unlock(&condition->mutex);
    return rt_none();
}

NATIVE(condition_notify)
{
    static const char *const names[] = {"", "n", NULL};
    RtObject *values[2];
    int64_t most = 1;
    if (!rt__arguments(t, "notify", args, count, kwnames, names, values)) return NULL;
    if (values[1] != NULL && !rt__as_int(t, values[1], &most)) return NULL;
    return notify(t, condition_of(args[0]), most > 0 ? (size_t)most : 0);
}

NATIVE(condition_notify_all)
{
    return notify(t, condition_of(args[0]), SIZE_MAX);
}

// ------------------------------------------------------------------ what its lock does

static RtObject *on_lock(RtThread *t, const char *name, RtObject *const *args, size_t count,
                         RtObject *kwnames)
{
    RtObject *method = rt__attr_get(t, condition_of(args[0])->lock, name);
    RtObject *result =
        method != NULL ? rt__call(t, method, args + 1, count - 1, kwnames) : NULL;
    rt_decref_null(t, method);
    return result;
}

NATIVE(condition_acquire)
{
    return on_lock(t, "acquire", args, count, kwnames);
}

NATIVE(condition_release)
{
    return on_lock(t, "release", args, 1, NULL);
}

// ------------------------------------------------------------------ the type

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    static const char *const names[] = {"lock", NULL};
    RtObject *values[1];
    if (!rt__accepts(t, type->name, count, 1, NULL) ||
        !rt__arguments(t, type->name, args, count, kwnames, names, values))
        return NULL;
    RtObject *lock = values[0] != NULL && values[0] != rt_none() ? rt_new_ref(t, values[0])
                                                                 : rt__rlock_new(t);
    bool good = lock != NULL && rt__is_lock(lock);
    if (lock != NULL && !good)
        rt_error_set(t, RT_ERROR_TYPE, "a condition's lock is a Lock or an RLock");
    RtConditionObject *condition =
        good ? (RtConditionObject *)rt__object_new(t, type, sizeof(RtConditionObject)) : NULL;
    if (condition == NULL) {
        rt_decref_null(t, lock);
        return NULL;
    }
    condition->lock = lock;
    rt_mutex_init(&condition->mutex);
    condition->sleepers = (RtWaitList){NULL};
    return &condition->base;
}

static void finish(RtThread *t, RtObject *object)
{
    rt_mutex_destroy(&condition_of(object)->mutex);
    rt_decref(t, condition_of(object)->lock);
}

static const RtBuiltin methods[] = {
    RT_METHOD_KW("Condition.wait", condition_wait, 0, 1),
    RT_METHOD_KW("Condition.wait_for", condition_wait_for, 1, 2),
    RT_METHOD_KW("Condition.notify", condition_notify, 0, 1),
    RT_METHOD("Condition.notify_all", condition_notify_all, 0, 0),
    RT_METHOD_KW("Condition.acquire", condition_acquire, 0, 2),
    RT_METHOD("Condition.release", condition_release, 0, 0),
    RT_METHOD("Condition.__enter__", condition_acquire, 0, 0),
    RT_METHOD("Condition.__exit__", condition_release, 3, 3),
    RT_BUILTIN_END,
};

static const RtSlots slots = {.construct = construct, .methods = methods};

const RtType rt__condition_type = {
    RT_TYPE_BASE,     .name = "Condition",       .slots = &slots,
    .finish = finish, .hash = rt__identity_hash,
};
