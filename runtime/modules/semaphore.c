// semaphore.c: threading.Semaphore and BoundedSemaphore.
#include "modules/modules.h"
#include "modules/threading.h"

typedef struct RtSemaphore {
    RtObject base;
    RtMutex mutex;
    int64_t value; // guarded by the mutex
    int64_t bound; // constant: the most it may be
    RtWaitList sleepers;
} RtSemaphore;

static inline RtSemaphore *semaphore_of(RtObject *object)
{
    return (RtSemaphore *)object;
}

static RtWait acquire(RtThread *t, RtSemaphore *semaphore, uint64_t deadline)
{
    RtWait wait = RT_WAIT_DONE;
    rt_mutex_lock(&semaphore->mutex);
    while (semaphore->value == 0 && wait == RT_WAIT_DONE)
        wait = rt__wait(t, &semaphore->mutex, &semaphore->sleepers, deadline);
    if (wait == RT_WAIT_DONE) semaphore->value--;
    rt_mutex_unlock(&semaphore->mutex);
    return wait;
}

NATIVE(semaphore_acquire)
{
    static const char *const names[] = {"", "blocking", "timeout", NULL};
    RtObject *values[3];
    uint64_t deadline;
    if (!rt__arguments(t, "acquire", args, count, kwnames, names, values) ||
        !rt__deadline_of(t, values[2], false, &deadline))
        return NULL;
    int blocking = values[1] != NULL ? rt__truth(t, values[1]) : 1;
    if (blocking < 0) return NULL;
    if (!blocking && deadline != RT_NO_DEADLINE) {
        rt_error_set(t, RT_ERROR_VALUE, "can't specify timeout for non-blocking acquire");
        return NULL;
    }
    return rt__wait_result(t, acquire(t, semaphore_of(args[0]), blocking ? deadline : 0));
}

NATIVE(semaphore_enter)
{
    return rt__wait_result(t, acquire(t, semaphore_of(args[0]), RT_NO_DEADLINE));
}

static RtObject *release(RtThread *t, RtSemaphore *semaphore, int64_t by)
{
    rt_mutex_lock(&semaphore->mutex);
    bool fits = by <= semaphore->bound - semaphore->value;
    if (fits) semaphore->value += by;
    if (fits) rt__wake(&semaphore->sleepers, (size_t)by);
    rt_mutex_unlock(&semaphore->mutex);
    if (fits) return rt_none();
    rt_error_set(t, RT_ERROR_VALUE, "Semaphore released too many times");
    return NULL;
}

NATIVE(semaphore_release)
{
    static const char *const names[] = {"", "n", NULL};
    RtObject *values[2];
    int64_t by = 1;
    if (!rt__arguments(t, "release", args, count, kwnames, names, values)) return NULL;
    if (values[1] != NULL && !rt__as_int(t, values[1], &by)) return NULL;
    if (by >= 1) return release(t, semaphore_of(args[0]), by);
    rt_error_set(t, RT_ERROR_VALUE, "n must be one or more");
    return NULL;
}

NATIVE(semaphore_exit)
{
    return release(t, semaphore_of(args[0]), 1);
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    static const char *const names[] = {"value", NULL};
    RtObject *values[1];
    int64_t value = 1;
    if (!rt__accepts(t, type->name, count, 1, NULL) ||
        !rt__arguments(t, type->name, args, count, kwnames, names, values) ||
        (values[0] != NULL && !rt__as_int(t, values[0], &value)))
        return NULL;
    if (value < 0) {
        rt_error_set(t, RT_ERROR_VALUE, "semaphore initial value must be >= 0");
        return NULL;
    }
    RtSemaphore *semaphore = (RtSemaphore *)rt__object_new(t, type, sizeof(RtSemaphore));
    if (semaphore == NULL) return NULL;
    rt_mutex_init(&semaphore->mutex);
    semaphore->value = value;
    semaphore->bound = type == &rt__bounded_semaphore_type ? value : INT64_MAX;
    semaphore->sleepers = (RtWaitList){NULL};
    return &semaphore->base;
}

static void finish(RtThread *t, RtObject *object)
{
    (void)t;
    rt_mutex_destroy(&semaphore_of(object)->mutex);
}

static const RtBuiltin methods[] = {
    RT_METHOD_KW("Semaphore.acquire", semaphore_acquire, 0, 2),
    RT_METHOD_KW("Semaphore.release", semaphore_release, 0, 1),
    RT_METHOD("Semaphore.__enter__", semaphore_enter, 0, 0),
    RT_METHOD("Semaphore.__exit__", semaphore_exit, 3, 3),
    RT_BUILTIN_END,
};

static const RtSlots slots = {.construct = construct, .methods = methods};

const RtType rt__semaphore_type = {
    RT_TYPE_BASE,     .name = "Semaphore",       .slots = &slots,
    .finish = finish, .hash = rt__identity_hash,
};
const RtType rt__bounded_semaphore_type = {
    RT_TYPE_BASE,    .name = "BoundedSemaphore", .parent = &rt__semaphore_type,
    .slots = &slots, .finish = finish,           .hash = rt__identity_hash,
};
