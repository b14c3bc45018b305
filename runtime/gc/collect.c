// collect.c: finding cyclic garbage by trial deletion (gc/gc.h has the theory).
#include "gc/gc.h"
#include "gc/sets.h"
#include "rt_inline.h"

// The values of gc_refs. Between them: 1 + the references not explained from within the set.
#define OUTSIDE   0u
#define EXPLAINED 1u
#define REACHABLE UINT32_MAX

// Objects that may be on their way from memory at once.
#define WINDOW 8

// ------------------------------------------------------------------ the list

static bool reserve(RtGcList *list, size_t capacity)
{
    if (capacity <= list->capacity) return true;
    RtObject **objects = rt_array_alloc(capacity * sizeof *objects);
    if (objects == NULL) return false;
    if (list->count != 0)
        __builtin_memcpy(objects, list->objects, list->count * sizeof *objects);
    rt_array_free(list->objects);
    list->objects = objects;
    list->capacity = capacity;
    return true;
}

static bool push(RtGcList *list, RtObject *object)
{
    if (rt_unlikely(list->count == list->capacity) &&
        !reserve(list, list->capacity == 0 ? 256 : 2 * list->capacity))
        return false;
    list->objects[list->count++] = object;
    return true;
}

// Not the last pushed, but the one WINDOW before it, which has come from memory meanwhile; the
// last takes its place.
static RtObject *pop_early(RtGcList *list)
{
    size_t last = --list->count;
    size_t early = last >= WINDOW ? last - WINDOW + 1 : 0;
    RtObject *object = list->objects[early];
    list->objects[early] = list->objects[last];
    return object;
}

// ------------------------------------------------------------------ count, subtract, mark

static void count(RtObject *object, uint32_t *refs, int64_t ours)
{
    int64_t others = rt_ref_count(&object->ref) - ours;
    *refs = others < REACHABLE - 1 ? (uint32_t)others + EXPLAINED : REACHABLE - 1;
}

static int subtract(RtObject *object, void *argument)
{
    uint32_t *refs = rt__gc_map_refs((const RtGcMap *)argument, object);
    if (refs == NULL || *refs == OUTSIDE) return 0;
    RT_ASSERT(*refs != EXPLAINED); // a count below the references found; see rt_gc_audit
    if (rt_likely(*refs != EXPLAINED)) --*refs;
    return 0;
}

// Stops the traversal when there is no memory.
static int reach(RtObject *object, void *argument)
{
    RtCollection *c = (RtCollection *)argument;
    uint32_t *refs = rt__gc_map_refs(&c->map, object);
    if (refs == NULL || *refs == OUTSIDE || *refs == REACHABLE) return 0;
    *refs = REACHABLE;
    c->reached++;
    __builtin_prefetch(object);
    return push(&c->stack, object) ? 0 : -1;
}

// Marks all that is reached from a member that is referenced from outside.
static void mark_from(RtCollection *c, RtObject *object, uint32_t *refs)
{
    if (c->failed || *refs == EXPLAINED || *refs == REACHABLE) return;
    *refs = REACHABLE;
    c->reached++;
    c->failed = object->type->traverse(object, reach, c) != 0;
    while (!c->failed && c->stack.count != 0) {
        RtObject *next = pop_early(&c->stack);
        c->failed = next->type->traverse(next, reach, c) != 0;
    }
}

// ------------------------------------------------------------------ the same by member

// Here the stale bits go: all later steps see members only.
static void count_member(RtSpan *span, uint32_t index, void *argument)
{
    RtCollection *c = (RtCollection *)argument;
    RtObject *object = (RtObject *)rt_span_block(span, index);
    if (!rt__gc_is_container(object)) {
        rt__gc_remove(&span->gc_sets[c->generation], index);
        return;
    }
    count(object, &span->gc_refs[index], 0);
    c->examined++;
}

static void subtract_member(RtSpan *span, uint32_t index, void *argument)
{
    RtObject *object = (RtObject *)rt_span_block(span, index);
    object->type->traverse(object, subtract, argument);
}

static void mark_member(RtSpan *span, uint32_t index, void *argument)
{
    mark_from((RtCollection *)argument, (RtObject *)rt_span_block(span, index),
              &span->gc_refs[index]);
}

static void forget_member(RtSpan *span, uint32_t index, void *argument)
{
    (void)argument;
    span->gc_refs[index] = OUTSIDE;
}

// Garbage is listed, which there is room for, without a reference yet: whose that is to be is
// not known before all is seen.
static void sort_member(RtSpan *span, uint32_t index, void *argument)
{
    RtCollection *c = (RtCollection *)argument;
    bool reachable = span->gc_refs[index] == REACHABLE;
    span->gc_refs[index] = OUTSIDE;
    if (reachable) return;
    RtObject *object = (RtObject *)rt_span_block(span, index);
    c->garbage.objects[c->garbage.count++] = object;
    c->finalizes |= rt__object_has_finalizer(object);
}

// ------------------------------------------------------------------ a collection

// True: the list has the garbage. False: no memory, and no member is marked any more.
static bool find_garbage(RtCollection *c)
{
    if (!rt__gc_map_build(&c->map, c->runtime, c->generation)) return false;
    rt__gc_each(c->runtime, c->generation, count_member, c);
    rt__gc_each(c->runtime, c->generation, subtract_member, &c->map);
    rt__gc_each(c->runtime, c->generation, mark_member, c);
    if (c->failed || !reserve(&c->garbage, c->examined - c->reached)) {
        rt__gc_each(c->runtime, c->generation, forget_member, NULL);
        return false;
    }
    rt__gc_each(c->runtime, c->generation, sort_member, c);
    return true;
}

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

// The part with the world stopped.
static bool collect_stopped(RtCollection *c)
{
    rt__gc_enter_all_young(c->runtime);
    for (unsigned younger = 0; younger < c->generation; younger++)
        rt__gc_move(c->runtime, younger, c->generation);
    note_ages(c);
    if (!find_garbage(c)) return false;
    note_long_lived(c);
    if (c->generation + 1 < RT_GC_GENERATIONS)
        rt__gc_move(c->runtime, c->generation, c->generation + 1);
    rt__gc_share_out(c);
    return true;
}

static void note_results(RtCollection *c, uint64_t collected)
{
    RtGcStats *stats = &c->runtime->gc.stats[c->generation];
    stats->collections++;
    stats->examined += c->examined;
    stats->collected += collected;
    stats->survived += c->examined - collected;
    RtAccount *account = &c->t->account;
    rt_account_add(account, gc_collections_0, c->generation == 0);
    rt_account_add(account, gc_collections_1, c->generation == 1);
    rt_account_add(account, gc_collections_2, c->generation == 2);
    rt_account_add(account, gc_examined, c->examined);
    rt_account_add(account, gc_collected, collected);
    rt_account_add(account, gc_survived, c->examined - collected);
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

static int64_t collect(RtCollection *c)
{
    uint64_t since = rt__gc_stop(c->t);
    bool found = collect_stopped(c);
    rt__gc_start(c->t, since);
    if (!found) return -1;
    size_t collected = c->shared_out + rt__gc_tear_down(c);
    note_results(c, collected);
    return (int64_t)collected;
}

int64_t rt__gc_run(RtThread *t, unsigned generation)
{
    RtGc *gc = &t->runtime->gc;
    uint32_t idle = 0;
    if (!rt_atomic_cas_acquire(&gc->collecting, &idle, 1u)) return 0;
    RtCollection c = {.t = t, .runtime = t->runtime, .generation = generation};
    int64_t collected = collect(&c);
    rt_array_free(c.stack.objects);
    rt_array_free(c.garbage.objects);
    rt__gc_map_free(&c.map);
    rt_atomic_store_release(&gc->collecting, 0u);
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
    if (generation >= 0) rt__gc_run(t, (unsigned)generation);
}

// ------------------------------------------------------------------ trial deletion on a list

static bool mark_list(RtCollection *c)
{
    const RtGcList *list = &c->garbage;
    for (size_t i = 0; i < list->count; i++)
        count(list->objects[i], rt__gc_map_refs(&c->map, list->objects[i]), 1);
    for (size_t i = 0; i < list->count; i++)
        list->objects[i]->type->traverse(list->objects[i], subtract, &c->map);
    for (size_t i = 0; i < list->count; i++)
        mark_from(c, list->objects[i], rt__gc_map_refs(&c->map, list->objects[i]));
    return !c->failed;
}

size_t rt__gc_still_unreachable(RtCollection *c)
{
    RtGcList *list = &c->garbage;
    bool marked = mark_list(c);
    size_t unreachable = 0;
    for (size_t i = 0; i < list->count; i++) {
        RtObject *object = list->objects[i];
        uint32_t *refs = rt__gc_map_refs(&c->map, object);
        bool reachable = !marked || *refs == REACHABLE;
        *refs = OUTSIDE;
        if (reachable) continue;
        list->objects[i] = list->objects[unreachable];
        list->objects[unreachable++] = object;
    }
    return unreachable;
}
