// event.c: threading.Event.
#include "modules/modules.h"
#include "modules/threading.h"

typedef struct RtEvent {
    RtObject base;
    RtMutex mutex;
    _Atomic uint32_t is_set; // written under the mutex
    RtWaitList sleepers;
} RtEvent;

static inline RtEvent *event_of(RtObject *object)
{
    return (RtEvent *)object;
}

// Acquire, and release below: who finds it set sees what was done before.
static bool is_set(RtEvent *event)
{
    return rt_atomic_load_acquire(&event->is_set) != 0;
}

NATIVE(event_is_set)
{
    return rt_bool(is_set(event_of(args[0])));
}

static RtObject *set(RtEvent *event, bool value)
{
    rt_mutex_lock(&event->mutex);
    rt_atomic_store_release(&event->is_set, (uint32_t)value);
    if (value) rt__wake_all(&event->sleepers);
    rt_mutex_unlock(&event->mutex);
    return rt_none();
}

NATIVE(event_set)
{
    return set(event_of(args[0]), true);
}

NATIVE(event_clear)
{
    return set(event_of(args[0]), false);
}

// Who was woken was so by a set(), even if it was cleared since.
NATIVE(event_wait)
{
    static const char *const names[] = {"", "timeout", NULL};
    RtObject *values[2];
    uint64_t deadline;
    RtEvent *event = event_of(args[0]);
    if (!rt__arguments(t, "wait", args, count, kwnames, names, values) ||
        !rt__deadline_of(t, values[1], false, &deadline))
        return NULL;
    rt_mutex_lock(&event->mutex);
    RtWait wait = RT_WAIT_DONE;
    if (!is_set(event)) wait = rt__wait(t, &event->mutex, &event->sleepers, deadline);
    rt_mutex_unlock(&event->mutex);
    return rt__wait_result(t, wait);
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    (void)args;
    if (!rt__accepts(t, type->name, count, 0, kwnames)) return NULL;
    RtEvent *event = (RtEvent *)rt__object_new(t, type, sizeof(RtEvent));
    if (event == NULL) return NULL;
    rt_mutex_init(&event->mutex);
    rt_atomic_store_relaxed(&event->is_set, 0u);
    event->sleepers = (RtWaitList){NULL};
    return &event->base;
}

static void finish(RtThread *t, RtObject *object)
{
    (void)t;
    rt_mutex_destroy(&event_of(object)->mutex);
}

static const RtBuiltin methods[] = {
    RT_METHOD("Event.is_set", event_is_set, 0, 0),
    RT_METHOD("Event.set", event_set, 0, 0),
    RT_METHOD("Event.clear", event_clear, 0, 0),
    RT_METHOD_KW("Event.wait", event_wait, 0, 1),
    RT_BUILTIN_END,
};

static const RtSlots slots = {.construct = construct, .methods = methods};

const RtType rt__event_type = {
    RT_TYPE_BASE, .name = "Event", .slots = &slots, .finish = finish, .hash = rt__identity_hash,
};
