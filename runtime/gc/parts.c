// parts.c: stopped threads help with a collection.
//
// For each step the collecting thread puts a helper's part into that thread's state, and the
// helper, which waits there for the world to start (thread/attach.c), takes it by an exchange
// and does the step. What is still there when the collecting thread is done with its own part
// it takes back in the same way, and does itself; so nobody waits for a thread that sleeps. An
// exchange gives the part to one of the two, and acquires what the last step on it left.
//
// No step goes on when the collecting thread returns from rt__gc_in_parts, so none when the
// world starts.
#include "gc/gc.h"
#include "gc/sets.h"
#include "rt_inline.h"

#include <string.h>

static bool can_help(const RtCollection *c, const RtThread *t)
{
    return RT_HEAP_PER_THREAD && t != c->t && t->is_at_poll;
}

static unsigned count_helpers(const RtCollection *c)
{
    unsigned count = 0;
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(c->runtime, heap)) != NULL;)
        count += heap->thread != NULL && can_help(c, heap->thread);
    return count;
}

static RtHeap *home(const RtGcPart *p)
{
    return p->helper != NULL ? p->helper->heap : p->c->t->heap;
}

static void begin_part(RtCollection *c, RtGcPart *p, RtThread *helper)
{
    p->c = c;
    p->helper = helper;
    p->stack = rt__gc_list_take(&home(p)->gc.stack);
    p->garbage = rt__gc_list_take(&home(p)->gc.garbage);
}

static void end_part(RtGcPart *p)
{
    rt_array_free(p->share);
    rt__gc_list_free(&p->guesses);
    rt__gc_list_free(&p->foreign);
    rt__gc_list_keep(&home(p)->gc.stack, &p->stack);
    rt__gc_list_keep(&home(p)->gc.garbage, &p->garbage);
}

// Without memory there is only one part.
void rt__gc_divide(RtCollection *c)
{
    unsigned helpers = count_helpers(c);
    size_t size = (1 + helpers) * sizeof *c->parts;
    c->parts = helpers != 0 ? rt_array_alloc_aligned(size, _Alignof(RtGcPart)) : NULL;
    bool divided = c->parts != NULL;
    if (divided)
        memset(c->parts, 0, size);
    else
        c->parts = &c->only;
    c->part_count = 1;
    begin_part(c, &c->parts[0], NULL);
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(c->runtime, heap)) != NULL;) {
        heap->gc.part = &c->parts[0];
        if (!divided || heap->thread == NULL || !can_help(c, heap->thread)) continue;
        RtGcPart *p = &c->parts[c->part_count++];
        begin_part(c, p, heap->thread);
        heap->gc.part = p;
    }
}

void rt__gc_dismiss_helpers(RtCollection *c)
{
    for (unsigned i = 1; i < c->part_count; i++)
        end_part(&c->parts[i]);
    c->part_count = 1;
}

void rt__gc_end_parts(RtCollection *c)
{
    end_part(&c->parts[0]);
    if (c->parts != &c->only) rt_array_free(c->parts);
}

static void offer(RtGcPart *p, void (*step)(RtGcPart *))
{
    p->step = step;
    rt_atomic_store_relaxed(&p->done, 0u);
    rt_atomic_store_release(&p->helper->gc_part, p);
    if (p->c->generation != 0) rt__status_wake(p->helper);
}

// The helper has not begun, and now will not; or it is about to end.
static void finish(RtGcPart *p)
{
    if (rt_atomic_exchange_acquire(&p->helper->gc_part, NULL) != NULL) {
        p->step(p);
        return;
    }
    for (unsigned spins = 0; !rt_atomic_load_acquire(&p->done); spins++) {
        if (spins < RT_WORLD_SPINS)
            rt_cpu_pause();
        else
            rt_cpu_yield(); // the helper may have lost its core
    }
}

static void sum_up(RtCollection *c)
{
    c->examined = c->reached = 0;
    for (unsigned i = 0; i < c->part_count; i++) {
        c->examined += c->parts[i].examined;
        c->reached += c->parts[i].reached + c->parts[i].elsewhere;
        c->finalizes |= c->parts[i].finalizes;
        c->weak |= c->parts[i].weak;
        c->crossed |= c->parts[i].crossed;
        c->failed |= c->parts[i].failed;
    }
}

void rt__gc_in_parts(RtCollection *c, void (*step)(RtGcPart *p))
{
    for (unsigned i = 1; i < c->part_count; i++)
        offer(&c->parts[i], step);
    step(&c->parts[0]);
    for (unsigned i = 1; i < c->part_count; i++)
        finish(&c->parts[i]);
    sum_up(c);
}

void rt__gc_help(RtThread *t)
{
    RtGcPart *p = rt_atomic_exchange_acquire(&t->gc_part, NULL);
    if (p == NULL) return;
    p->step(p);
    rt_atomic_store_release(&p->done, 1u);
}
