// teardown.c: finalizing and clearing garbage, while the world runs.
#include "gc/gc.h"
#include "rt_inline.h"

// Whether a finalizer ran, and so anything may have changed.
static bool finalize_all(RtThread *t, const RtGcList *garbage)
{
    bool any = false;
    for (size_t i = 0; i < garbage->count; i++) {
        RtObject *object = garbage->objects[i];
        if (object->type->finalize == NULL || (object->ref.flags & RT_FLAG_FINALIZED)) continue;
        rt__object_finalize(t, object);
        any = true;
    }
    return any;
}

static size_t without_resurrected(RtCollection *c)
{
    uint64_t since = rt__gc_stop(c->t);
    size_t unreachable = rt__gc_still_unreachable(c);
    rt__gc_start(c->t, since);
    return unreachable;
}

static void tear_down(RtThread *t, RtObject *object)
{
    rt_ref_undefer(t, &object->ref);
    if (object->type->clear != NULL) object->type->clear(t, object);
}

size_t rt__gc_tear_down(RtCollection *c)
{
    const RtGcList *garbage = &c->garbage;
    bool finalized = finalize_all(c->t, garbage);
    size_t unreachable = finalized ? without_resurrected(c) : garbage->count;
    for (size_t i = 0; i < garbage->count; i++) {
        if (i < unreachable) tear_down(c->t, garbage->objects[i]);
        rt_decref(c->t, garbage->objects[i]);
    }
    return unreachable;
}
