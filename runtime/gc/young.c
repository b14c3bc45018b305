// young.c: from the making of a container to its membership in generation 0, and on.
#include "gc/gc.h"
#include "gc/sets.h"
#include "object/track.h"

// ------------------------------------------------------------------ membership

// The block may have been in an older generation in an earlier life. An object is in one set.
static void enter(RtHeap *heap, RtObject *object)
{
    if (!rt_ref_is_live(&object->ref)) return;
    RtSpan *span = rt_span_of(object);
    uint32_t index = rt_span_index(span, object);
    for (unsigned older = 1; older < RT_GC_SETS; older++) {
        if (span->gc_sets[older].listed) rt__gc_remove(&span->gc_sets[older], index);
    }
    if (span->gc_words != NULL) span->gc_words[index] = 0; // a guess about that earlier life
    rt__gc_add(&span->gc_sets[0], index);
    rt__gc_list_span(heap, span, 0);
}

void rt__gc_enter_young(RtHeap *heap)
{
    RtGcHeap *gc = &heap->gc;
    uint32_t filled = rt_atomic_load_relaxed(&gc->filled);
    for (uint32_t i = 0; i < filled; i++)
        enter(heap, gc->young[i]);
    int64_t balance = rt_atomic_load_relaxed(&gc->balance);
    rt_atomic_store_relaxed(&gc->balance, balance + (int64_t)filled);
    rt_atomic_store_relaxed(&gc->filled, 0u);
}

void rt__gc_enter_all_young(RtRuntime *runtime)
{
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(runtime, heap)) != NULL;)
        rt__gc_enter_young(heap);
}

void rt__gc_prepare(RtThread *t)
{
    if (!RT_HEAP_PER_THREAD || !rt_atomic_load_relaxed(&t->runtime->gc.collecting)) return;
    rt__gc_enter_young(t->heap);
    for (RtSpan *span = t->heap->gc.spans[0].first; span; span = span->gc_sets[0].next)
        rt__gc_take_words(span);
}

// Another thread's heap is not ours to write in. If the object has died again meanwhile, its
// block is entered in vain.
void rt__gc_track_again(RtThread *t, RtObject *object)
{
    RtHeap *heap = rt_span_of(object)->heap;
    if (heap == t->heap) {
        rt__gc_track(t, object);
        return;
    }
    rt_world_stop(t);
    enter(heap, object);
    rt_world_start(t);
}

static void move_set(RtHeap *heap, RtSpan *span, unsigned from, unsigned to)
{
    RtGcSet *source = &span->gc_sets[from];
    RtGcSet *target = &span->gc_sets[to];
    for (uint32_t s = 0; s < RT_GC_SUMMARY; s++) {
        for (uint64_t words = source->summary[s]; words != 0; words &= words - 1) {
            uint32_t word = s * 64 + (uint32_t)__builtin_ctzll(words);
            target->members[word] |= source->members[word];
            source->members[word] = 0;
        }
        target->summary[s] |= source->summary[s];
        source->summary[s] = 0;
    }
    source->listed = false;
    rt__gc_list_span(heap, span, to);
}

void rt__gc_move_heap(RtHeap *heap, unsigned from, unsigned to)
{
    RtSpan *span = heap->gc.spans[from].first;
    heap->gc.spans[from] = (RtGcSpans){NULL, NULL};
    while (span != NULL) {
        RtSpan *next = span->gc_sets[from].next;
        move_set(heap, span, from, to);
        span = next;
    }
}

void rt__gc_move(RtRuntime *runtime, unsigned from, unsigned to)
{
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(runtime, heap)) != NULL;)
        rt__gc_move_heap(heap, from, to);
}

// Entries of the buffer that lead into the span are dead by now, and entering drops them.
void rt__gc_forget_span(RtSpan *span)
{
    rt__gc_enter_young(span->heap);
    for (unsigned g = 0; g < RT_GC_SETS; g++) {
        RtGcSet *set = &span->gc_sets[g];
        if (!set->listed) continue;
        rt__gc_unlist_span(span->heap, span, g);
        *set = (RtGcSet){.listed = false};
    }
    rt__gc_drop_words(span);
}

// ------------------------------------------------------------------ when to collect

// Containers made less those that died, in all heaps, since the last collection. Other threads
// go on meanwhile: a value near that of one moment.
int64_t rt__gc_young_count(RtRuntime *runtime)
{
    int64_t count = 0;
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(runtime, heap)) != NULL;) {
        count += rt_atomic_load_relaxed(&heap->gc.balance);
        count += rt_atomic_load_relaxed(&heap->gc.filled);
    }
    return count;
}

void rt__gc_look_again(RtRuntime *runtime)
{
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(runtime, heap)) != NULL;)
        heap->gc.limit = 0;
}

void rt__gc_reset_young_count(RtRuntime *runtime)
{
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(runtime, heap)) != NULL;) {
        rt_atomic_store_relaxed(&heap->gc.balance,
                                -(int64_t)rt_atomic_load_relaxed(&heap->gc.filled));
    }
    rt__gc_look_again(runtime);
}

// How many containers may be made before the next look: no fewer than it takes to pass the
// threshold, or an eighth of that, lest a count that stays just below it be looked at each
// time.
static uint32_t until_next_look(int64_t count, int64_t threshold)
{
    int64_t missing = threshold + 1 - count;
    int64_t least = threshold / 8 + 1;
    return (uint32_t)(missing > least ? missing : least);
}

// CPython counts down to zero only: what dies beyond what was made is forgotten. We notice when
// we look.
void rt__gc_look_up(RtThread *t)
{
    RtGc *gc = &t->runtime->gc;
    RtGcHeap *heap = &t->heap->gc;
    if (rt_atomic_load_relaxed(&heap->filled) == RT_GC_YOUNG) rt__gc_enter_young(t->heap);
    int64_t count = rt__gc_young_count(t->runtime);
    if (count < 0) {
        rt_atomic_store_relaxed(&heap->balance, rt_atomic_load_relaxed(&heap->balance) - count);
        count = 0;
    }
    uint32_t threshold = rt_atomic_load_relaxed(&gc->thresholds[0]);
    uint32_t room = RT_GC_YOUNG - rt_atomic_load_relaxed(&heap->filled);
    uint32_t step = room;
    bool automatic = threshold != 0 && !rt_atomic_load_relaxed(&gc->disabled);
    if (automatic && count > threshold) rt__breaker_set(t, RT_BREAK_GC);
    if (automatic && count <= threshold) step = until_next_look(count, threshold);
    heap->limit = rt_atomic_load_relaxed(&heap->filled) + (step < room ? step : room);
}
