// teardown.c: finalizing and clearing garbage, while the world runs.
#include "gc/gc.h"
#include "gc/sets.h"
#include "rt_inline.h"

// ------------------------------------------------------------------ sharing out

// The references are counted as the helper's, which stands still, if nobody else works for it.
static void take_part(RtGcPart *p)
{
    RtThread *owner = p->helper != NULL ? p->helper : p->c->t;
    for (size_t i = 0; i < p->garbage.count; i++)
        rt_incref(owner, p->garbage.objects[i]);
    unsigned generation = p->c->generation;
    if (generation + 1 == RT_GC_GENERATIONS) return;
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap_of(p, heap)) != NULL;)
        rt__gc_move_heap(heap, generation, generation + 1);
}

// Appends a part's garbage to the first part's. False: no memory.
static bool gather(RtCollection *c, RtGcPart *p)
{
    RtGcList *all = &c->parts[0].garbage;
    if (!rt__gc_list_reserve(all, all->count + p->garbage.count)) return false;
    for (size_t i = 0; i < p->garbage.count; i++)
        all->objects[all->count++] = p->garbage.objects[i];
    p->garbage.count = 0;
    return true;
}

// A thread that was stopped at a poll goes on there, and so comes to its share at once.
static bool may_give(RtCollection *c, RtGcPart *p)
{
    if (c->finalizes || c->weak) return false;
    if (p->garbage.count != 0) p->share = rt_array_alloc(sizeof *p->share);
    return p->garbage.count == 0 || p->share != NULL;
}

static void give(RtCollection *c, RtGcPart *p)
{
    if (p->garbage.count == 0) return;
    c->shared_out += p->garbage.count;
    *p->share = (RtGcShare){p->helper->gc_shares, p->garbage};
    p->garbage = (RtGcList){0};
    p->helper->gc_shares = p->share;
    p->share = NULL;
    rt__breaker_set(p->helper, RT_BREAK_GC);
}

bool rt__gc_gather(RtCollection *c)
{
    for (unsigned i = 1; i < c->part_count; i++)
        if (!may_give(c, &c->parts[i]) && !gather(c, &c->parts[i])) return false;
    return true;
}

void rt__gc_share_out(RtCollection *c)
{
    rt__gc_in_parts(c, take_part);
    for (unsigned i = 1; i < c->part_count; i++)
        give(c, &c->parts[i]);
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
    const RtGcList *garbage = &c->parts[0].garbage;
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
        for (size_t i = 0; i < share->garbage.count; i++)
            clear_and_drop(t, share->garbage.objects[i]);
        rt__gc_list_keep(&t->heap->gc.garbage, &share->garbage);
        rt_array_free(share);
    }
}
