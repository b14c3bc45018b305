// local.c: threading.local: attributes that each thread has for itself.
//
// A local has a dict of dicts, by the ids of threads. A thread that ends takes its own out of
// all locals, so that they are dropped then, and an id may come again.
#include "modules/modules.h"
#include "modules/threading.h"
#include "object/track.h"

// In the list of all of them (RtThreads.locals), from being made to `finish`, by whose hand it
// leaves: so who finds it there, under the mutex, finds a header, and rt_try_incref tells
// whether it is alive.
typedef struct RtLocal {
    RtObject base;
    RtObject *trash;
    RtObject *dicts; // constant: a dict, thread's id -> dict
    struct RtLocal *next;
    struct RtLocal **link;
} RtLocal;

static inline RtLocal *local_of(RtObject *object)
{
    return (RtLocal *)object;
}

// The thread's attributes: a new reference. NULL without an error: it has none here, and
// `make` is false.
static RtObject *own(RtThread *t, RtObject *object, bool make)
{
    RtObject *id = rt_int_new(t, (int64_t)t->id);
    RtObject *dicts = local_of(object)->dicts;
    RtObject *attributes = NULL;
    int known = id != NULL ? rt_dict_contains(t, dicts, id) : -1;
    if (known > 0) attributes = rt_dict_get(t, dicts, id);
    if (known == 0 && make && (attributes = rt_dict_new(t)) != NULL &&
        !rt_dict_set(t, dicts, id, attributes)) {
        rt_decref(t, attributes);
        attributes = NULL;
    }
    rt_decref_null(t, id);
    return attributes;
}

static RtObject *get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    bool whole = name == rt__name(t, RT_NAME_dict);
    RtObject *attributes = own(t, object, whole);
    if (attributes == NULL || whole) return attributes;
    RtObject *value = NULL;
    if (rt_dict_contains(t, attributes, name) > 0) value = rt_dict_get(t, attributes, name);
    rt_decref(t, attributes);
    return value;
}

static int set_attr(RtThread *t, RtObject *object, RtObject *name, RtObject *value)
{
    RtObject *attributes = own(t, object, true);
    if (attributes == NULL) return -1;
    int done;
    if (value != NULL)
        done = rt_dict_set(t, attributes, name, value) ? 1 : -1;
    else if ((done = rt_dict_contains(t, attributes, name)) > 0)
        done = rt_dict_delete(t, attributes, name) ? 1 : -1;
    rt_decref(t, attributes);
    return done;
}

// ------------------------------------------------------------------ the list

static void link_local(RtThread *t, RtLocal *local)
{
    RtThreads *threads = &rt__vm(t)->threads;
    rt_ref_share(&local->base.ref);
    rt_mutex_lock(&threads->mutex);
    local->link = &threads->locals;
    local->next = threads->locals;
    if (local->next != NULL) local->next->link = &local->next;
    threads->locals = local;
    rt_mutex_unlock(&threads->mutex);
}

static void unlink_local(RtThread *t, RtLocal *local)
{
    RtThreads *threads = &rt__vm(t)->threads;
    rt_mutex_lock(&threads->mutex);
    *local->link = local->next;
    if (local->next != NULL) local->next->link = local->link;
    rt_mutex_unlock(&threads->mutex);
}

// The one after `before`, or the first: a new reference, by which it stays in the list.
static RtLocal *next_alive(RtThread *t, const RtLocal *before)
{
    RtThreads *threads = &rt__vm(t)->threads;
    rt_mutex_lock(&threads->mutex);
    RtLocal *local = before != NULL ? before->next : threads->locals;
    while (local != NULL && !rt_try_incref(t, &local->base))
        local = local->next;
    rt_mutex_unlock(&threads->mutex);
    return local;
}

static void forget(RtThread *t, RtLocal *local, RtObject *id)
{
    if (rt_dict_contains(t, local->dicts, id) > 0) rt_dict_delete(t, local->dicts, id);
    rt_error_clear(t);
}

void rt__locals_forget(RtThread *t)
{
    RtLocal *local = next_alive(t, NULL);
    RtObject *id = local != NULL ? rt_int_new(t, (int64_t)t->id) : NULL;
    while (local != NULL) {
        if (id != NULL) forget(t, local, id);
        RtLocal *next = next_alive(t, local);
        rt_decref(t, &local->base);
        local = next;
    }
    rt_decref_null(t, id);
    rt_error_clear(t);
}

// ------------------------------------------------------------------ the type

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    (void)args;
    RtObject *dicts = rt__accepts(t, type->name, count, 0, kwnames) ? rt_dict_new(t) : NULL;
    if (dicts == NULL) return NULL;
    RtLocal *local = (RtLocal *)rt__object_new(t, type, sizeof(RtLocal));
    if (local == NULL) {
        rt_decref(t, dicts);
        return NULL;
    }
    local->dicts = dicts;
    link_local(t, local);
    rt__gc_track(t, &local->base);
    return &local->base;
}

static void finish(RtThread *t, RtObject *object)
{
    unlink_local(t, local_of(object));
    rt_decref(t, local_of(object)->dicts);
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    return visit(local_of(object)->dicts, argument);
}

static void clear(RtThread *t, RtObject *object)
{
    rt_dict_clear(t, local_of(object)->dicts);
}

static const RtSlots slots = {
    .construct = construct, .get_attr = get_attr, .set_attr = set_attr};

const RtType rt__local_type = {
    RT_TYPE_BASE,
    .name = "_thread._local",
    .slots = &slots,
    .finish = finish,
    .traverse = traverse,
    .clear = clear,
    .hash = rt__identity_hash,
    .trash_link = offsetof(RtLocal, trash),
};
