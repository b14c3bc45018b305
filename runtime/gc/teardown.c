// teardown.c: finalizing and clearing garbage, while the world runs.
#include "gc/gc.h"
#include "gc/sets.h"
#include "object/weakref.h"
#include "rt_inline.h"

// ------------------------------------------------------------------ sharing out

// Whose garbage it is going to be. References are counted as a helper's, which stands still,
// though somebody else may be working for it.
static RtThread *owner_of(const RtGcPart *p)
{
    return p->helper != NULL ? p->helper : p->c->t;
}

static void take_part(RtGcPart *p)
{
    RtThread *owner = owner_of(p);
    for (size_t i = 0; p->c->part_count != 1 && i < p->garbage.count; i++)
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
    c->parts[0].finalizes |= p->finalizes;
    return true;
}

// What finalizers bring back is told by the garbage alone, so none elsewhere may refer to it.
static bool may_give(const RtCollection *c)
{
    if (c->awaited) return !c->finalizes && !c->weak;
    return !c->finalizes || !c->crossed;
}

static bool prepare_share(RtGcPart *p)
{
    if (p->garbage.count != 0) p->share = rt_array_alloc(sizeof *p->share);
    return p->garbage.count == 0 || p->share != NULL;
}

static RtGcShare share_of(RtGcPart *p)
{
    return (RtGcShare){NULL, p->garbage, p->calls, p->c->generation, p->finalizes};
}

// A thread that was stopped at a poll goes on there, and so comes to its share at once.
static void give(RtCollection *c, RtGcPart *p)
{
    if (p->garbage.count == 0) return;
    c->shared_out += p->garbage.count;
    *p->share = share_of(p);
    p->garbage = (RtGcList){0};
    RtGcShare **end = &p->helper->gc_shares;
    while (*end != NULL)
        end = &(*end)->next;
    *end = p->share;
    p->share = NULL;
    rt__breaker_set(p->helper, RT_BREAK_GC);
}

bool rt__gc_gather(RtCollection *c)
{
    bool gives = may_give(c);
    for (unsigned i = 1; i < c->part_count; i++) {
        RtGcPart *p = &c->parts[i];
        if (!(gives && prepare_share(p)) && !gather(c, p)) return false;
    }
    return true;
}

// One after the other: the table of weak references is shared.
static void clear_weak(RtCollection *c)
{
    for (unsigned i = 0; i < c->part_count; i++)
        rt__weak_silence_garbage(c->parts[i].garbage.objects, c->parts[i].garbage.count);
    for (unsigned i = 0; i < c->part_count; i++) {
        RtGcPart *p = &c->parts[i];
        p->calls = rt__weak_clear_garbage(owner_of(p), p->garbage.objects, p->garbage.count);
    }
}

void rt__gc_share_out(RtCollection *c)
{
    if (c->weak) clear_weak(c);
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

// While it waits for its turn to stop the world, the thread may be given another share, as at a
// poll: it comes to that when it is done with this one.
static size_t without_resurrected(RtThread *t, const RtGcShare *share)
{
    t->is_at_poll = true;
    uint64_t since = rt__gc_stop(t);
    t->is_at_poll = false;
    size_t unreachable = rt__gc_still_unreachable(t, &share->garbage);
    RtGcStats *stats = &t->runtime->gc.stats[share->generation];
    stats->collected -= share->garbage.count - unreachable;
    stats->survived += share->garbage.count - unreachable;
    rt__gc_start(t, since);
    return unreachable;
}

static void clear_and_drop(RtThread *t, RtObject *object)
{
    rt_ref_undefer(t, &object->ref);
    if (object->type->clear != NULL) object->type->clear(t, object);
    rt_decref(t, object);
}

// Returns how many there were but for those that were brought back.
static size_t tear_down(RtThread *t, const RtGcShare *share)
{
    const RtGcList *garbage = &share->garbage;
    rt__weak_call(t, share->calls);
    bool finalized = share->finalizes && finalize_all(t, garbage);
    size_t unreachable = finalized ? without_resurrected(t, share) : garbage->count;
    for (size_t i = 0; i < unreachable; i++)
        clear_and_drop(t, garbage->objects[i]);
    for (size_t i = unreachable; i < garbage->count; i++)
        rt_decref(t, garbage->objects[i]);
    rt_account_add(&t->account, gc_collected, unreachable);
    rt_account_add(&t->account, gc_survived, garbage->count - unreachable);
    return unreachable;
}

static void tear_down_shares(RtThread *t)
{
    while (t->gc_shares != NULL) {
        RtGcShare *share = t->gc_shares;
        t->gc_shares = share->next;
        tear_down(t, share);
        rt__gc_list_keep(&t->heap->gc.garbage, &share->garbage);
        rt_array_free(share);
    }
}

// What a finalizer or a destructor does may poll, and the thread stop and be given a share
// meanwhile. That is left to who is at it already, lest finalizers nest without end.
size_t rt__gc_tear_down(RtCollection *c)
{
    RtThread *t = c->t;
    const RtGcShare ours = share_of(&c->parts[0]);
    t->tears_down = true;
    size_t collected = tear_down(t, &ours);
    tear_down_shares(t);
    t->tears_down = false;
    return collected;
}

void rt__gc_tear_down_shares(RtThread *t)
{
    if (t->gc_shares == NULL || t->tears_down) return;
    t->tears_down = true;
    tear_down_shares(t);
    t->tears_down = false;
}
