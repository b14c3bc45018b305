// teardown.c: finalizing and clearing garbage, while the world runs.
#include "gc/gc.h"
#include "rt_inline.h"

// ------------------------------------------------------------------ sharing out

// A thread that was stopped at a poll goes on there, and so comes to its share at once.
static bool takes_share(const RtCollection *c, const RtThread *owner)
{
    return !c->finalizes && owner != NULL && owner != c->t && owner->is_at_poll;
}

// The references are counted as the owner's, which stands still. False: no memory.
static bool give(RtThread *owner, RtObject **objects, size_t count)
{
    RtGcShare *share = rt_array_alloc(sizeof *share + count * sizeof *objects);
    if (share == NULL) return false;
    share->count = count;
    for (size_t i = 0; i < count; i++)
        share->objects[i] = rt_new_ref(owner, objects[i]);
    share->next = owner->gc_shares;
    owner->gc_shares = share;
    rt__breaker_set(owner, RT_BREAK_GC);
    return true;
}

static void keep(RtCollection *c, RtObject **objects, size_t count)
{
    for (size_t i = 0; i < count; i++)
        c->garbage.objects[c->garbage.count++] = rt_new_ref(c->t, objects[i]);
}

// The list is in order of heaps: a part after the other is given away, or moves to the front.
void rt__gc_share_out(RtCollection *c)
{
    RtObject **objects = c->garbage.objects;
    size_t count = c->garbage.count;
    c->garbage.count = 0;
    for (size_t begin = 0, end; begin < count; begin = end) {
        RtThread *owner = rt_span_of(objects[begin])->heap->thread;
        end = begin + 1;
        while (end < count && rt_span_of(objects[end])->heap->thread == owner)
            end++;
        if (takes_share(c, owner) && give(owner, objects + begin, end - begin))
            c->shared_out += end - begin;
        else
            keep(c, objects + begin, end - begin);
    }
}

// ------------------------------------------------------------------ tearing down

// Whether a finalizer ran, and so anything may have changed.
static bool finalize_all(RtThread *t, const RtGcList *garbage)
{
    bool any = false;
    for (size_t i = 0; i < garbage->count; i++) {
        RtObject *object = garbage->objects[i];
        if (!rt__object_has_finalizer(object)) continue;
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

static void clear_and_drop(RtThread *t, RtObject *object)
{
    rt_ref_undefer(t, &object->ref);
    if (object->type->clear != NULL) object->type->clear(t, object);
    rt_decref(t, object);
}

size_t rt__gc_tear_down(RtCollection *c)
{
    const RtGcList *garbage = &c->garbage;
    bool finalized = c->finalizes && finalize_all(c->t, garbage);
    size_t unreachable = finalized ? without_resurrected(c) : garbage->count;
    for (size_t i = 0; i < unreachable; i++)
        clear_and_drop(c->t, garbage->objects[i]);
    for (size_t i = unreachable; i < garbage->count; i++)
        rt_decref(c->t, garbage->objects[i]);
    return unreachable;
}

// A destructor may poll, and the thread stop and be given another share meanwhile.
void rt__gc_tear_down_shares(RtThread *t)
{
    while (t->gc_shares != NULL) {
        RtGcShare *share = t->gc_shares;
        t->gc_shares = share->next;
        for (size_t i = 0; i < share->count; i++)
            clear_and_drop(t, share->objects[i]);
        rt_array_free(share);
    }
}
