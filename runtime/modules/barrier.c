// barrier.c: threading.Barrier.
//
// As CPython's: threads come in while it is filling; the last one lets all go, and while they
// drain nobody else comes in. A reset or a break lets those inside go with an error. While the
// action is called nobody gives up waiting, nor resets or breaks it: CPython's is locked then.
#include "modules/modules.h"
#include "modules/threading.h"

typedef enum RtBarrierState { FILLING, ACTING, DRAINING, RESETTING, BROKEN } RtBarrierState;

// All but the constants are guarded by the mutex.
typedef struct RtBarrier {
    RtObject base;
    RtObject *trash;
    RtObject *action;  // constant: called by the last to come; None: nothing is
    RtObject *timeout; // constant: what wait() takes if it is not told
    int64_t parties;   // constant
    RtMutex mutex;
    RtBarrierState state;
    int64_t inside;
    RtWaitList sleepers;
} RtBarrier;

static inline RtBarrier *barrier_of(RtObject *object)
{
    return (RtBarrier *)object;
}

static void change_locked(RtBarrier *barrier, RtBarrierState state)
{
    barrier->state = state;
    rt__wake_all(&barrier->sleepers);
}

static bool is_filling(const RtBarrier *barrier)
{
    return barrier->state == FILLING || barrier->state == ACTING;
}

// Comes in: its place among the parties. Waits while others leave, or the action runs.
static RtWait enter_locked(RtThread *t, RtBarrier *barrier, uint64_t deadline, int64_t *place)
{
    RtWait wait = RT_WAIT_DONE;
    while (wait == RT_WAIT_DONE &&
           (barrier->state == ACTING || barrier->state == DRAINING ||
            barrier->state == RESETTING || barrier->inside == barrier->parties))
        wait = rt__wait(t, &barrier->mutex, &barrier->sleepers, deadline);
    if (wait == RT_WAIT_DONE) *place = barrier->inside++;
    return wait;
}

static void leave_locked(RtBarrier *barrier)
{
    if (--barrier->inside > 0) return;
    if (barrier->state == DRAINING || barrier->state == RESETTING)
        change_locked(barrier, FILLING);
}

// The last one: calls the action and lets all go. False with its error.
static bool let_go_locked(RtThread *t, RtBarrier *barrier)
{
    barrier->state = ACTING;
    rt_mutex_unlock(&barrier->mutex);
    RtObject *result =
        barrier->action != rt_none() ? rt__call(t, barrier->action, NULL, 0, NULL) : rt_none();
    rt_decref_null(t, result);
    rt_mutex_lock(&barrier->mutex);
    change_locked(barrier, result != NULL ? DRAINING : BROKEN);
    return result != NULL;
}

static RtWait await_locked(RtThread *t, RtBarrier *barrier, uint64_t deadline)
{
    RtWait wait = RT_WAIT_DONE;
    while (is_filling(barrier) && wait == RT_WAIT_DONE) {
        wait = rt__wait(t, &barrier->mutex, &barrier->sleepers, deadline);
        if (wait != RT_WAIT_TIMED_OUT || barrier->state == FILLING) continue;
        deadline = RT_NO_DEADLINE;
        wait = RT_WAIT_DONE;
    }
    if (wait == RT_WAIT_TIMED_OUT) change_locked(barrier, BROKEN);
    return wait;
}

// False with an error, unless it is only that the barrier is broken.
static bool pass(RtThread *t, RtBarrier *barrier, uint64_t deadline, int64_t *place, bool *good)
{
    rt_mutex_lock(&barrier->mutex);
    RtWait wait = barrier->state == BROKEN ? RT_WAIT_TIMED_OUT
                                           : enter_locked(t, barrier, deadline, place);
    bool inside = wait == RT_WAIT_DONE;
    bool last = inside && *place + 1 == barrier->parties;
    bool called = true;
    if (last)
        called = let_go_locked(t, barrier);
    else if (inside && barrier->state != BROKEN)
        wait = await_locked(t, barrier, deadline);
    *good = wait == RT_WAIT_DONE && barrier->state == DRAINING;
    if (inside) leave_locked(barrier);
    rt_mutex_unlock(&barrier->mutex);
    return called && (wait != RT_WAIT_INTERRUPTED || rt__serve_interrupt(t));
}

NATIVE(barrier_wait)
{
    static const char *const names[] = {"", "timeout", NULL};
    RtObject *values[2];
    RtBarrier *barrier = barrier_of(args[0]);
    uint64_t deadline;
    int64_t place = 0;
    bool good;
    if (!rt__arguments(t, "wait", args, count, kwnames, names, values)) return NULL;
    RtObject *timeout = values[1] != NULL ? values[1] : barrier->timeout;
    if (!rt__deadline_of(t, timeout, false, &deadline)) return NULL;
    if (!pass(t, barrier, deadline, &place, &good)) return NULL;
    if (good) return rt_int_new(t, place);
    rt__raise_from_module(t, "threading", "BrokenBarrierError");
    return NULL;
}

// Those who were let go go on, and it is reset when they are out.
static RtBarrierState reset_state(const RtBarrier *barrier)
{
    if (barrier->inside == 0) return FILLING;
    return barrier->state == DRAINING ? DRAINING : RESETTING;
}

// Breaks or resets it, when no action is called: None. NULL with KeyboardInterrupt.
static RtObject *end_round(RtThread *t, RtBarrier *barrier, bool breaks)
{
    RtWait wait = RT_WAIT_DONE;
    rt_mutex_lock(&barrier->mutex);
    while (barrier->state == ACTING && wait == RT_WAIT_DONE)
        wait = rt__wait(t, &barrier->mutex, &barrier->sleepers, RT_NO_DEADLINE);
    if (wait == RT_WAIT_DONE) change_locked(barrier, breaks ? BROKEN : reset_state(barrier));
    rt_mutex_unlock(&barrier->mutex);
    return wait == RT_WAIT_INTERRUPTED && !rt__serve_interrupt(t) ? NULL : rt_none();
}

NATIVE(barrier_abort)
{
    return end_round(t, barrier_of(args[0]), true);
}

NATIVE(barrier_reset)
{
    return end_round(t, barrier_of(args[0]), false);
}

static RtObject *get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    RtBarrier *barrier = barrier_of(object);
    if (rt__str_is(name, "parties", 7)) return rt_int_new(t, barrier->parties);
    rt_mutex_lock(&barrier->mutex);
    bool broken = barrier->state == BROKEN;
    int64_t waiting = is_filling(barrier) ? barrier->inside : 0;
    rt_mutex_unlock(&barrier->mutex);
    if (rt__str_is(name, "broken", 6)) return rt_bool(broken);
    return rt__str_is(name, "n_waiting", 9) ? rt_int_new(t, waiting) : NULL;
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    static const char *const names[] = {"parties", "action", "timeout", NULL};
    RtObject *values[3];
    int64_t parties;
    if (!rt__accepts(t, type->name, count, 3, NULL) ||
        !rt__arguments(t, type->name, args, count, kwnames, names, values))
        return NULL;
    if (values[0] == NULL) {
        rt_error_set(t, RT_ERROR_TYPE,
                     "Barrier.__init__() missing 1 required positional argument: 'parties'");
        return NULL;
    }
    if (!rt__as_int(t, values[0], &parties)) return NULL;
    RtBarrier *barrier = (RtBarrier *)rt__object_new(t, type, sizeof(RtBarrier));
    if (barrier == NULL) return NULL;
    barrier->parties = parties;
    barrier->action = rt_new_ref(t, values[1] != NULL ? values[1] : rt_none());
    barrier->timeout = rt_new_ref(t, values[2] != NULL ? values[2] : rt_none());
    rt_mutex_init(&barrier->mutex);
    barrier->state = FILLING;
    barrier->inside = 0;
    barrier->sleepers = (RtWaitList){NULL};
    rt__gc_track(t, &barrier->base);
    return &barrier->base;
}

static void finish(RtThread *t, RtObject *object)
{
    rt_mutex_destroy(&barrier_of(object)->mutex);
    rt_decref(t, barrier_of(object)->action);
    rt_decref(t, barrier_of(object)->timeout);
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    return visit(barrier_of(object)->action, argument);
}

static void clear(RtThread *t, RtObject *object)
{
    RtObject *action = barrier_of(object)->action;
    barrier_of(object)->action = rt_none();
    rt_decref(t, action);
}

static const RtBuiltin methods[] = {
    RT_METHOD_KW("Barrier.wait", barrier_wait, 0, 1),
    RT_METHOD("Barrier.abort", barrier_abort, 0, 0),
    RT_METHOD("Barrier.reset", barrier_reset, 0, 0),
    RT_BUILTIN_END,
};

static const RtSlots slots = {.construct = construct, .get_attr = get_attr, .methods = methods};

const RtType rt__barrier_type = {
    RT_TYPE_BASE,
    .name = "Barrier",
    .slots = &slots,
    .finish = finish,
    .traverse = traverse,
    .clear = clear,
    .hash = rt__identity_hash,
    .trash_link = offsetof(RtBarrier, trash),
};
