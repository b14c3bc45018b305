// collect.c: finding cyclic garbage by trial deletion (gc/gc.h has the theory).
#include "gc/gc.h"
#include "gc/sets.h"
#include "rt_inline.h"

// The values of gc_refs. Between them: 1 + the references not explained from within the set.
#define OUTSIDE   0u
#define EXPLAINED 1u
#define REACHABLE UINT32_MAX

typedef struct Collection {
    RtThread *t;
    RtRuntime *runtime;
    unsigned generation;
    uint64_t examined;
    uint64_t reached;
    RtGcList list; // reached objects whose references are not yet followed; then the garbage
    bool failed;   // no memory
} Collection;

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

// ------------------------------------------------------------------ count, subtract, mark

static void count(RtObject *object, uint32_t *refs, int64_t ours)
{
    int64_t others = rt_ref_count(&object->ref) - ours;
    *refs = others < REACHABLE - 1 ? (uint32_t)others + EXPLAINED : REACHABLE - 1;
}

static int subtract(RtObject *object, void *argument)
{
    (void)argument;
    uint32_t *refs = rt__gc_refs_of(object);
    if (refs == NULL || *refs == OUTSIDE) return 0;
    RT_ASSERT(*refs != EXPLAINED); // a count below the references found; see rt_gc_audit
    if (rt_likely(*refs != EXPLAINED)) --*refs;
    return 0;
}

// Stops the traversal when there is no memory.
static int reach(RtObject *object, void *argument)
{
    Collection *c = (Collection *)argument;
    uint32_t *refs = rt__gc_refs_of(object);
    if (refs == NULL || *refs == OUTSIDE || *refs == REACHABLE) return 0;
    *refs = REACHABLE;
    c->reached++;
    return push(&c->list, object) ? 0 : -1;
}

// Marks all that is reached from a member that is referenced from outside.
static void mark_from(Collection *c, RtObject *object, const uint32_t *refs)
{
    if (c->failed || *refs == EXPLAINED || *refs == REACHABLE) return;
    c->failed = reach(object, c) != 0;
    while (!c->failed && c->list.count != 0) {
        RtObject *next = c->list.objects[--c->list.count];
        c->failed = next->type->traverse(next, reach, c) != 0;
    }
}

// ------------------------------------------------------------------ the same by member

bool rt__gc_need_refs(RtSpan *span)
{
    if (span->gc_refs != NULL) return true;
    size_t blocks = (size_t)(span->end - span->blocks) / span->block_size;
    span->gc_refs = rt_array_alloc_zeroed(blocks * sizeof *span->gc_refs);
    return span->gc_refs != NULL;
}

static bool need_all_refs(RtRuntime *runtime, unsigned generation)
{
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(runtime, heap)) != NULL;) {
        for (RtSpan *span = heap->gc.spans[generation]; span != NULL;
             span = span->gc_sets[generation].next) {
            if (!rt__gc_need_refs(span)) return false;
        }
    }
    return true;
}

// Here the stale bits go: all later steps see members only.
static void count_member(RtSpan *span, uint32_t index, void *argument)
{
    Collection *c = (Collection *)argument;
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
    (void)argument;
    RtObject *object = (RtObject *)rt_span_block(span, index);
    object->type->traverse(object, subtract, NULL);
}

static void mark_member(RtSpan *span, uint32_t index, void *argument)
{
    mark_from((Collection *)argument, (RtObject *)rt_span_block(span, index),
              &span->gc_refs[index]);
}

static void forget_member(RtSpan *span, uint32_t index, void *argument)
{
    (void)argument;
    span->gc_refs[index] = OUTSIDE;
}

static void sort_member(RtSpan *span, uint32_t index, void *argument)
{
    Collection *c = (Collection *)argument;
    bool reachable = span->gc_refs[index] == REACHABLE;
    span->gc_refs[index] = OUTSIDE;
    if (reachable) return;
    RtObject *object = (RtObject *)rt_span_block(span, index);
    c->list.objects[c->list.count++] = rt_new_ref(c->t, object); // there is room
}

// ------------------------------------------------------------------ a collection

// True: the list has the garbage. False: no memory, and no member is marked any more.
static bool find_garbage(Collection *c)
{
    if (!need_all_refs(c->runtime, c->generation)) return false;
    rt__gc_each(c->runtime, c->generation, count_member, c);
    rt__gc_each(c->runtime, c->generation, subtract_member, NULL);
    rt__gc_each(c->runtime, c->generation, mark_member, c);
    if (c->failed || !reserve(&c->list, c->examined - c->reached)) {
        rt__gc_each(c->runtime, c->generation, forget_member, NULL);
        return false;
    }
    rt__gc_each(c->runtime, c->generation, sort_member, c);
    return true;
}

static void note_ages(Collection *c)
{
    RtGc *gc = &c->runtime->gc;
    for (unsigned g = 0; g <= c->generation; g++)
        gc->collections[g] = 0;
    rt__gc_reset_young_count(c->runtime);
    if (c->generation + 1 < RT_GC_GENERATIONS) gc->collections[c->generation + 1]++;
    if (c->generation + 2 == RT_GC_GENERATIONS) gc->long_lived_pending += c->reached;
    if (c->generation + 1 < RT_GC_GENERATIONS) return;
    gc->long_lived_pending = 0;
    gc->long_lived_total = c->reached;
}

// The part with the world stopped.
static bool collect_stopped(Collection *c)
{
    rt__gc_enter_all_young(c->runtime);
    for (unsigned younger = 0; younger < c->generation; younger++)
        rt__gc_move(c->runtime, younger, c->generation);
    bool found = find_garbage(c);
    note_ages(c);
    if (found && c->generation + 1 < RT_GC_GENERATIONS)
        rt__gc_move(c->runtime, c->generation, c->generation + 1);
    return found;
}

static void note_results(Collection *c, uint64_t collected)
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

static int64_t collect(Collection *c)
{
    rt_world_stop(c->t);
    uint64_t since = rt_account_clock(rt_clock_now());
    bool found = collect_stopped(c);
    rt_account_add(&c->t->account, gc_pause_ns, rt_account_clock(rt_clock_now()) - since);
    rt_world_start(c->t);
    if (!found) return -1;
    size_t collected = rt__gc_tear_down(c->t, &c->list);
    note_results(c, collected);
    return (int64_t)collected;
}

int64_t rt__gc_run(RtThread *t, unsigned generation)
{
    RtGc *gc = &t->runtime->gc;
    uint32_t idle = 0;
    if (!rt_atomic_cas_acquire(&gc->collecting, &idle, 1u)) return 0;
    Collection c = {.t = t, .runtime = t->runtime, .generation = generation};
    int64_t collected = collect(&c);
    rt_array_free(c.list.objects);
    rt_atomic_store_release(&gc->collecting, 0u);
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
    int generation = due(t->runtime);
    if (generation >= 0) rt__gc_run(t, (unsigned)generation);
}

// ------------------------------------------------------------------ trial deletion on a list

static bool mark_list(Collection *c, const RtGcList *list)
{
    for (size_t i = 0; i < list->count; i++)
        count(list->objects[i], rt__gc_refs_of(list->objects[i]), 1);
    for (size_t i = 0; i < list->count; i++)
        list->objects[i]->type->traverse(list->objects[i], subtract, NULL);
    for (size_t i = 0; i < list->count; i++)
        mark_from(c, list->objects[i], rt__gc_refs_of(list->objects[i]));
    return !c->failed;
}

size_t rt__gc_still_unreachable(RtRuntime *runtime, RtGcList *list)
{
    Collection c = {.runtime = runtime};
    bool marked = mark_list(&c, list);
    rt_array_free(c.list.objects);
    size_t unreachable = 0;
    for (size_t i = 0; i < list->count; i++) {
        RtObject *object = list->objects[i];
        uint32_t *refs = rt__gc_refs_of(object);
        bool reachable = !marked || *refs == REACHABLE;
        *refs = OUTSIDE;
        if (reachable) continue;
        list->objects[i] = list->objects[unreachable];
        list->objects[unreachable++] = object;
    }
    return unreachable;
}
