// queue.c: the module queue: Queue, LifoQueue and SimpleQueue, which are one kind of object.
#include "modules/modules.h"
#include "modules/ring.h"
#include "modules/waiting.h"
#include "object/track.h"

// All but the constants are guarded by the mutex. Collections look at the ring with the world
// stopped, when nobody holds it.
typedef struct RtQueue {
    RtObject base;
    RtObject *trash;
    int64_t most; // constant: how many items it may have; 0 or less: any number
    RtMutex mutex;
    RtRing items;
    int64_t unfinished; // items put and not yet told to be done
    RtWaitList getters;
    RtWaitList putters;
    RtWaitList joiners; // for all to be done
} RtQueue;

static const RtType queue_type;
static const RtType lifo_type;
static const RtType simple_type;

static inline RtQueue *queue_of(RtObject *object)
{
    return (RtQueue *)object;
}

static bool has_room_locked(const RtQueue *queue)
{
    return queue->most <= 0 || queue->items.count < (size_t)queue->most;
}

// Makes the ring larger, outside of the mutex, unless somebody else did.
static bool grow(RtThread *t, RtQueue *queue)
{
    size_t before = queue->items.capacity;
    rt_mutex_unlock(&queue->mutex);
    size_t capacity = rt__ring_more(before);
    RtObject **larger = rt_array_alloc(capacity * sizeof *larger);
    if (larger == NULL) rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    rt_mutex_lock(&queue->mutex);
    if (larger == NULL) return false;
    if (queue->items.capacity == before)
        larger = rt__ring_move(&queue->items, larger, capacity);
    rt_array_free(larger);
    return true;
}

// ------------------------------------------------------------------ put and get

// *good false: with an error.
static RtWait put_locked(RtThread *t, RtQueue *queue, RtObject *item, uint64_t deadline,
                         bool *good)
{
    *good = true;
    while (!has_room_locked(queue) || rt__ring_is_full(&queue->items)) {
        RtWait wait = RT_WAIT_DONE;
        if (has_room_locked(queue))
            *good = grow(t, queue);
        else
            wait = rt__wait(t, &queue->mutex, &queue->putters, deadline);
        if (!*good || (wait != RT_WAIT_DONE && !has_room_locked(queue))) return wait;
    }
    rt_incref(t, item);
    rt__ring_push_steal(&queue->items, item);
    queue->unfinished++;
    rt__wake(&queue->getters, 1);
    return RT_WAIT_DONE;
}

static RtObject *put(RtThread *t, RtQueue *queue, RtObject *item, uint64_t deadline)
{
    bool good;
    rt_mutex_lock(&queue->mutex);
    RtWait wait = put_locked(t, queue, item, deadline, &good);
    rt_mutex_unlock(&queue->mutex);
    if (!good || (wait == RT_WAIT_INTERRUPTED && !rt__serve_interrupt(t))) return NULL;
    if (wait == RT_WAIT_DONE) return rt_none();
    rt__raise_from_module(t, "queue", "Full");
    return NULL;
}

static RtObject *get_locked(RtThread *t, RtQueue *queue, uint64_t deadline, RtWait *wait)
{
    *wait = RT_WAIT_DONE;
    while (queue->items.count == 0 && *wait == RT_WAIT_DONE)
        *wait = rt__wait(t, &queue->mutex, &queue->getters, deadline);
    if (queue->items.count == 0) return NULL;
    RtObject *item = queue->base.type == &lifo_type ? rt__ring_pop(&queue->items)
                                                    : rt__ring_pop_front(&queue->items);
    rt__wake(&queue->putters, 1);
    return item;
}

static RtObject *get(RtThread *t, RtQueue *queue, uint64_t deadline)
{
    RtWait wait;
    rt_mutex_lock(&queue->mutex);
    RtObject *item = get_locked(t, queue, deadline, &wait);
    rt_mutex_unlock(&queue->mutex);
    if (item != NULL || (wait == RT_WAIT_INTERRUPTED && !rt__serve_interrupt(t))) return item;
    rt__raise_from_module(t, "queue", "Empty");
    return NULL;
}

// `block` and `timeout` may be NULL.
static bool parse(RtThread *t, RtObject *block, RtObject *timeout, uint64_t *deadline)
{
    int blocks = block != NULL ? rt__truth(t, block) : 1;
    double seconds = 0;
    *deadline = 0;
    if (blocks <= 0) return blocks == 0;
    if (timeout != NULL && timeout != rt_none() && !rt__as_double(t, timeout, &seconds))
        return false;
    if (seconds >= 0) return rt__deadline_of(t, timeout, false, deadline);
    rt_error_set(t, RT_ERROR_VALUE, "'timeout' must be a non-negative number");
    return false;
}

NATIVE(queue_put)
{
    static const char *const names[] = {"", "item", "block", "timeout", NULL};
    RtObject *v[4];
    uint64_t deadline;
    if (!rt__arguments(t, "put", args, count, kwnames, names, v) ||
        !parse(t, v[2], v[3], &deadline))
        return NULL;
    if (v[1] != NULL) return put(t, queue_of(v[0]), v[1], deadline);
    rt_error_set(t, RT_ERROR_TYPE,
                 "Queue.put() missing 1 required positional argument: 'item'");
    return NULL;
}

NATIVE(queue_get)
{
    static const char *const names[] = {"", "block", "timeout", NULL};
    RtObject *v[3];
    uint64_t deadline;
    if (!rt__arguments(t, "get", args, count, kwnames, names, v) ||
        !parse(t, v[1], v[2], &deadline))
        return NULL;
    return get(t, queue_of(v[0]), deadline);
}

NATIVE(queue_put_nowait)
{
    return put(t, queue_of(args[0]), args[1], 0);
}

NATIVE(queue_get_nowait)
{
    return get(t, queue_of(args[0]), 0);
}

// ------------------------------------------------------------------ sizes

static size_t size_of(RtQueue *queue)
{
    rt_mutex_lock(&queue->mutex);
    size_t size = queue->items.count;
    rt_mutex_unlock(&queue->mutex);
    return size;
}

NATIVE(queue_qsize)
{
    return rt_int_new(t, (int64_t)size_of(queue_of(args[0])));
}

NATIVE(queue_empty)
{
    return rt_bool(size_of(queue_of(args[0])) == 0);
}

NATIVE(queue_full)
{
    RtQueue *queue = queue_of(args[0]);
    return rt_bool(queue->most > 0 && size_of(queue) >= (size_t)queue->most);
}

static RtObject *get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    return rt__str_is(name, "maxsize", 7) ? rt_int_new(t, queue_of(object)->most) : NULL;
}

// ------------------------------------------------------------------ all done

NATIVE(queue_task_done)
{
    RtQueue *queue = queue_of(args[0]);
    rt_mutex_lock(&queue->mutex);
    bool good = queue->unfinished > 0;
    if (good && --queue->unfinished == 0) rt__wake_all(&queue->joiners);
    rt_mutex_unlock(&queue->mutex);
    if (good) return rt_none();
    rt_error_set(t, RT_ERROR_VALUE, "task_done() called too many times");
    return NULL;
}

NATIVE(queue_join)
{
    RtQueue *queue = queue_of(args[0]);
    RtWait wait = RT_WAIT_DONE;
    rt_mutex_lock(&queue->mutex);
    while (queue->unfinished > 0 && wait == RT_WAIT_DONE)
        wait = rt__wait(t, &queue->mutex, &queue->joiners, RT_NO_DEADLINE);
    rt_mutex_unlock(&queue->mutex);
    return wait == RT_WAIT_INTERRUPTED && !rt__serve_interrupt(t) ? NULL : rt_none();
}

// ------------------------------------------------------------------ the types

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    static const char *const names[] = {"maxsize", NULL};
    static const char *const no_names[] = {NULL};
    RtObject *values[1] = {NULL};
    bool simple = type == &simple_type;
    int64_t most = 0;
    if (!rt__accepts(t, type->name, count, simple ? 0 : 1, NULL) ||
        !rt__arguments(t, type->name, args, count, kwnames, simple ? no_names : names,
                       values) ||
        (values[0] != NULL && !rt__as_int(t, values[0], &most)))
        return NULL;
    RtQueue *queue = (RtQueue *)rt__object_new(t, type, sizeof(RtQueue));
    if (queue == NULL) return NULL;
    queue->most = most;
    rt_mutex_init(&queue->mutex);
    queue->items = (RtRing){.count = 0};
    queue->unfinished = 0;
    queue->getters = queue->putters = queue->joiners = (RtWaitList){NULL};
    rt__gc_track(t, &queue->base);
    return &queue->base;
}

static void clear(RtThread *t, RtObject *object)
{
    RtRing items = queue_of(object)->items;
    queue_of(object)->items = (RtRing){.count = 0};
    rt__ring_drop(t, &items);
}

static void finish(RtThread *t, RtObject *object)
{
    rt_mutex_destroy(&queue_of(object)->mutex);
    clear(t, object);
}

static void free_arrays(RtObject *object)
{
    rt_array_free(queue_of(object)->items.items);
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    return rt__ring_traverse(&queue_of(object)->items, visit, argument);
}

#define COMMON_METHODS(type)                                                                   \
    RT_METHOD_KW(type ".put", queue_put, 0, 3), RT_METHOD_KW(type ".get", queue_get, 0, 2),    \
        RT_METHOD(type ".put_nowait", queue_put_nowait, 1, 1),                                 \
        RT_METHOD(type ".get_nowait", queue_get_nowait, 0, 0),                                 \
        RT_METHOD(type ".qsize", queue_qsize, 0, 0),                                           \
        RT_METHOD(type ".empty", queue_empty, 0, 0)

static const RtBuiltin queue_methods[] = {
    COMMON_METHODS("Queue"),
    RT_METHOD("Queue.full", queue_full, 0, 0),
    RT_METHOD("Queue.task_done", queue_task_done, 0, 0),
    RT_METHOD("Queue.join", queue_join, 0, 0),
    RT_BUILTIN_END,
};
static const RtBuiltin simple_methods[] = {COMMON_METHODS("SimpleQueue"), RT_BUILTIN_END};

static const RtSlots queue_slots = {
    .construct = construct, .get_attr = get_attr, .methods = queue_methods};
static const RtSlots simple_slots = {.construct = construct, .methods = simple_methods};

#define QUEUE_TYPE                                                                             \
    RT_TYPE_BASE, .finish = finish, .free_arrays = free_arrays, .traverse = traverse,          \
                  .clear = clear, .hash = rt__identity_hash,                                   \
                  .trash_link = offsetof(RtQueue, trash)

static const RtType queue_type = {QUEUE_TYPE, .name = "Queue", .slots = &queue_slots};
static const RtType lifo_type = {QUEUE_TYPE, .name = "LifoQueue", .parent = &queue_type,
                                 .slots = &queue_slots};
static const RtType simple_type = {QUEUE_TYPE, .name = "SimpleQueue", .slots = &simple_slots};

bool rt__queue_fill(RtThread *t, RtObject *module)
{
    RtObject *exception =
        rt__module_get_borrowed(t, rt__vm(t)->builtins, rt_str_intern(t, "Exception", 9));
    RtObject *empty = rt__exception_class_new(t, "_queue.Empty", exception);
    RtObject *full = rt__exception_class_new(t, "queue.Full", exception);
    return empty != NULL && full != NULL && rt__module_set(t, module, "Empty", empty) &&
           rt__module_set(t, module, "Full", full) &&
           rt__module_add_type(t, module, "Queue", &queue_type) &&
           rt__module_add_type(t, module, "LifoQueue", &lifo_type) &&
           rt__module_add_type(t, module, "SimpleQueue", &simple_type);
}
