// gc.c: the collector's public interface.
#include "gc/gc.h"

#include "gc/sets.h"
#include "rt_inline.h"

void rt__gc_init(RtRuntime *runtime)
{
    static const uint32_t defaults[] = {RT_GC_THRESHOLD_0, RT_GC_THRESHOLD_1,
                                        RT_GC_THRESHOLD_2};
    for (unsigned g = 0; g < RT_GC_GENERATIONS; g++)
        rt_atomic_store_relaxed(&runtime->gc.thresholds[g], defaults[g]);
}

void rt__gc_destroy(RtRuntime *runtime)
{
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(runtime, heap)) != NULL;) {
        rt__gc_list_free(&heap->gc.stack);
        rt__gc_list_free(&heap->gc.garbage);
    }
}

static bool check_generation(RtThread *t, int generation, int least)
{
    if (generation >= least && generation < (int)RT_GC_GENERATIONS) return true;
    rt_error_set(t, RT_ERROR_VALUE, "there is no such generation");
    return false;
}

int64_t rt_gc_collect(RtThread *t, int generation)
{
    if (!check_generation(t, generation, 0)) return -1;
    int64_t collected = rt__gc_run(t, (unsigned)generation, true);
    if (collected < 0) rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    return collected;
}

// ------------------------------------------------------------------ settings

bool rt_gc_is_enabled(const RtThread *t)
{
    return rt_atomic_load_relaxed(&t->runtime->gc.disabled) == 0;
}

static void set_disabled(RtThread *t, uint32_t disabled)
{
    rt_world_stop(t);
    rt_atomic_store_relaxed(&t->runtime->gc.disabled, disabled);
    rt__gc_look_again(t->runtime);
    rt_world_start(t);
}

void rt_gc_enable(RtThread *t)
{
    set_disabled(t, 0);
}

void rt_gc_disable(RtThread *t)
{
    set_disabled(t, 1);
}

void rt_gc_set_threshold(RtThread *t, const uint32_t thresholds[3])
{
    rt_world_stop(t);
    for (unsigned g = 0; g < RT_GC_GENERATIONS; g++)
        rt_atomic_store_relaxed(&t->runtime->gc.thresholds[g], thresholds[g]);
    rt__gc_look_again(t->runtime);
    rt_world_start(t);
}

void rt_gc_get_threshold(RtThread *t, uint32_t thresholds[3])
{
    for (unsigned g = 0; g < RT_GC_GENERATIONS; g++)
        thresholds[g] = rt_atomic_load_relaxed(&t->runtime->gc.thresholds[g]);
}

// ------------------------------------------------------------------ counts

void rt_gc_get_count(RtThread *t, uint32_t counts[3])
{
    rt_world_stop(t);
    int64_t young = rt__gc_young_count(t->runtime);
    counts[0] = young > 0 ? (uint32_t)young : 0;
    for (unsigned g = 1; g < RT_GC_GENERATIONS; g++)
        counts[g] = t->runtime->gc.collections[g];
    rt_world_start(t);
}

void rt_gc_get_stats(RtThread *t, RtGcStats stats[3])
{
    rt_world_stop(t);
    __builtin_memcpy(stats, t->runtime->gc.stats, sizeof t->runtime->gc.stats);
    rt_world_start(t);
}

// ------------------------------------------------------------------ looking at objects

bool rt_gc_is_tracked(RtObject *object)
{
    return rt__gc_is_container(object);
}

typedef struct Search {
    RtThread *t;
    RtObject *found;    // a list; not itself among what it finds
    RtObject *referent; // only objects that refer to this one; NULL: all
    bool failed;
} Search;

static int is_it(RtObject *object, void *argument)
{
    return object == argument;
}

static void add_found(RtSpan *span, uint32_t index, void *argument)
{
    Search *search = (Search *)argument;
    RtObject *object = (RtObject *)rt_span_block(span, index);
    if (search->failed || object == search->found || !rt__gc_is_container(object)) return;
    RtObject *referent = search->referent;
    if (referent != NULL && !object->type->traverse(object, is_it, referent)) return;
    search->failed = !rt_list_append(search->t, search->found, object);
}

static RtObject *finish(Search *search)
{
    if (!search->failed) return search->found;
    rt_decref(search->t, search->found);
    return NULL;
}

// The list, or NULL with an error.
static RtObject *search(RtThread *t, unsigned first, unsigned last, RtObject *referent)
{
    Search search = {.t = t, .found = rt_list_new(t, 0), .referent = referent};
    if (search.found == NULL) return NULL;
    rt_world_stop(t);
    rt__gc_enter_all_young(t->runtime);
    for (unsigned g = first; g <= last; g++)
        rt__gc_each(t->runtime, g, add_found, &search);
    rt_world_start(t);
    return finish(&search);
}

RtObject *rt_gc_get_objects(RtThread *t, int generation)
{
    if (!check_generation(t, generation, -1)) return NULL;
    if (generation < 0) return search(t, 0, RT_GC_GENERATIONS - 1, NULL);
    return search(t, (unsigned)generation, (unsigned)generation, NULL);
}

RtObject *rt_gc_get_referrers(RtThread *t, RtObject *object)
{
    return search(t, 0, RT_GC_GENERATIONS - 1, object);
}

static int add_referent(RtObject *object, void *argument)
{
    Search *search = (Search *)argument;
    search->failed = !rt_list_append(search->t, search->found, object);
    return search->failed;
}

RtObject *rt_gc_get_referents(RtThread *t, RtObject *object)
{
    Search search = {.t = t, .found = rt_list_new(t, 0)};
    if (search.found == NULL || object->type->traverse == NULL) return search.found;
    rt_world_stop(t);
    object->type->traverse(object, add_referent, &search);
    rt_world_start(t);
    return finish(&search);
}

// ------------------------------------------------------------------ frozen objects

void rt_gc_freeze(RtThread *t)
{
    RtRuntime *runtime = t->runtime;
    rt_world_stop(t);
    rt__gc_enter_all_young(runtime);
    rt__gc_reset_young_count(runtime);
    for (unsigned g = 0; g < RT_GC_GENERATIONS; g++) {
        rt__gc_move(runtime, g, RT_GC_FROZEN);
        runtime->gc.collections[g] = 0;
    }
    rt_world_start(t);
}

void rt_gc_unfreeze(RtThread *t)
{
    rt_world_stop(t);
    rt__gc_move(t->runtime, RT_GC_FROZEN, RT_GC_GENERATIONS - 1);
    rt_world_start(t);
}

static void count_container(RtSpan *span, uint32_t index, void *argument)
{
    size_t *count = (size_t *)argument;
    *count += rt__gc_is_container((RtObject *)rt_span_block(span, index));
}

size_t rt_gc_freeze_count(RtThread *t)
{
    size_t count = 0;
    rt_world_stop(t);
    rt__gc_each(t->runtime, RT_GC_FROZEN, count_container, &count);
    rt_world_start(t);
    return count;
}
