// collect.c: a collection from its beginning to its end, and when there is one.
#include "gc/gc.h"
#include "gc/sets.h"
#include "rt_inline.h"

static void note_ages(RtCollection *c)
{
    RtGc *gc = &c->runtime->gc;
    for (unsigned g = 0; g <= c->generation; g++)
        gc->collections[g] = 0;
    rt__gc_reset_young_count(c->runtime);
    if (c->generation + 1 < RT_GC_GENERATIONS) gc->collections[c->generation + 1]++;
}

static void note_long_lived(const RtCollection *c)
{
    RtGc *gc = &c->runtime->gc;
    if (c->generation + 2 == RT_GC_GENERATIONS) gc->long_lived_pending += c->reached;
    if (c->generation + 1 < RT_GC_GENERATIONS) return;
    gc->long_lived_pending = 0;
    gc->long_lived_total = c->reached;
}

// All garbage is taken for collected; what a finalizer brings back is put right when it shows.
static void note_results(RtCollection *c)
{
    size_t found = c->shared_out + c->parts[0].garbage.count;
    RtGcStats *stats = &c->runtime->gc.stats[c->generation];
    stats->collections++;
    stats->examined += c->examined;
    stats->collected += found;
    stats->survived += c->examined - found;
    RtAccount *account = &c->t->account;
    rt_account_add(account, gc_collections_0, c->generation == 0);
    rt_account_add(account, gc_collections_1, c->generation == 1);
    rt_account_add(account, gc_collections_2, c->generation == 2);
    rt_account_add(account, gc_examined, c->examined);
    rt_account_add(account, gc_survived, c->examined - found);
}

// Makes one set of generations 0 to that of the collection.
static void enter_part(RtGcPart *p)
{
    unsigned generation = p->c->generation;
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap_of(p, heap)) != NULL;) {
        rt__gc_enter_young(heap);
        for (unsigned younger = 0; younger < generation; younger++)
            rt__gc_move_heap(heap, younger, generation);
    }
    RT_GC_EACH_SPAN_OF(p, generation, span)
    p->failed |= !rt__gc_need_words(span);
}

// Of a young collection nearly all of that is done when the world has stopped, and to ask the
// helpers for the rest would take longer.
static void enter_parts(RtCollection *c)
{
    if (c->generation != 0) {
        rt__gc_in_parts(c, enter_part);
        return;
    }
    for (unsigned i = 0; i < c->part_count; i++) {
        enter_part(&c->parts[i]);
        c->failed |= c->parts[i].failed;
    }
}

// The part with the world stopped.
static bool collect_stopped(RtCollection *c)
{
    rt__gc_divide(c);
    enter_parts(c);
    note_ages(c);
    bool done = !c->failed && rt__gc_find_garbage(c) && rt__gc_gather(c);
    if (done) {
        rt__gc_share_out(c);
        note_long_lived(c);
        note_results(c);
    }
    rt__gc_dismiss_helpers(c);
    return done;
}

uint64_t rt__gc_stop(RtThread *t)
{
    rt_world_stop(t);
    return rt_account_clock(rt_clock_now());
}

void rt__gc_start(RtThread *t, uint64_t since)
{
    rt_account_add(&t->account, gc_pause_ns, rt_account_clock(rt_clock_now()) - since);
    rt_world_start(t);
}

// False: no memory.
static bool collect(RtCollection *c)
{
    uint64_t since = rt__gc_stop(c->t);
    bool found = collect_stopped(c);
    rt__gc_start(c->t, since);
    rt__gc_map_free(&c->map);
    return found;
}

int64_t rt__gc_run(RtThread *t, unsigned generation, bool awaited)
{
    RtGc *gc = &t->runtime->gc;
    uint32_t idle = 0;
    if (t->tears_down || !rt_atomic_cas_acquire(&gc->collecting, &idle, 1u)) return 0;
    RtCollection c = {
        .t = t, .runtime = t->runtime, .generation = generation, .awaited = awaited};
    bool found = collect(&c);
    rt_atomic_store_release(&gc->collecting, 0u);
    int64_t collected = found ? (int64_t)(c.shared_out + rt__gc_tear_down(&c)) : -1;
    rt__gc_end_parts(&c);
    if (generation + 1 == RT_GC_GENERATIONS) rt_heap_trim(t);
    return collected;
}

// The oldest generation that is due, or -1. The same order and the same quarter as in CPython.
static int due(RtRuntime *runtime)
{
    RtGc *gc = &runtime->gc;
    uint32_t threshold = rt_atomic_load_relaxed(&gc->thresholds[0]);
    if (threshold == 0 || rt_atomic_load_relaxed(&gc->disabled)) return -1;
    if (rt__gc_young_count(runtime) <= threshold) return -1;
    bool grown = gc->long_lived_pending >= gc->long_lived_total / RT_GC_LONG_LIVED_SHARE;
    for (int g = RT_GC_GENERATIONS - 1; g > 0; g--) {
        bool passed = gc->collections[g] > rt_atomic_load_relaxed(&gc->thresholds[g]);
        if (passed && (g < (int)RT_GC_GENERATIONS - 1 || grown)) return g;
    }
    return 0;
}

void rt__gc_serve(RtThread *t)
{
    rt__breaker_take(t, RT_BREAK_GC);
    rt__gc_tear_down_shares(t);
    int generation = due(t->runtime);
    if (generation >= 0) rt__gc_run(t, (unsigned)generation, false);
}
