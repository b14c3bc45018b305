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

static size_t without_resurrected(RtThread *t, RtGcList *garbage)
{
    rt_world_stop(t);
    size_t unreachable = rt__gc_still_unreachable(t->runtime, garbage);
    rt_world_start(t);
    return unreachable;
}

size_t rt__gc_tear_down(RtThread *t, RtGcList *garbage)
{
    size_t unreachable = garbage->count;
    if (finalize_all(t, garbage)) unreachable = without_resurrected(t, garbage);
    for (size_t i = 0; i < garbage->count; i++) {
        RtObject *object = garbage->objects[i];
        if (i < unreachable) {
            rt_ref_undefer(t, &object->ref);
            if (object->type->clear != NULL) object->type->clear(t, object);
        }
        rt_decref(t, object);
    }
    return unreachable;
}
