// sets.h: the generations as sets of blocks: walking them, adding to them, moving them.
//
// All for the heap's owner, or for a collector while nobody else runs.
#ifndef RT_GC_SETS_H
#define RT_GC_SETS_H

#include "gc/gc.h"
#include "object/object.h"
#include "state/runtime.h"

#define RT_GC_INLINE static inline __attribute__((always_inline))

// Every heap there is: the single one, then each thread state's. Starts with NULL, ends with
// it.
static inline RtHeap *rt__gc_next_heap(RtRuntime *runtime, RtHeap *heap)
{
    if (heap == NULL) return &runtime->single_heap;
    if (heap->thread != NULL) {
        RtThread *next = heap->thread->next;
        return next != NULL ? &next->own_heap : NULL;
    }
    rt_mutex_lock(&runtime->threads_lock); // a thread may be entering even now
    RtThread *first = runtime->threads;
    rt_mutex_unlock(&runtime->threads_lock);
    return first != NULL ? &first->own_heap : NULL;
}

// Whether an object is one that the tables speak of. A block with a stale bit may be free, or
// anything else by now.
static inline bool rt__gc_is_container(RtObject *object)
{
    return rt_ref_is_live(&object->ref) && object->type->traverse != NULL &&
           !rt_ref_is_immortal(&object->ref);
}

static inline void rt__gc_list_span(RtHeap *heap, RtSpan *span, unsigned generation)
{
    RtGcSet *set = &span->gc_sets[generation];
    if (set->listed) return;
    RtGcSpans *list = &heap->gc.spans[generation];
    set->listed = true;
    set->next = NULL;
    set->previous = list->last;
    if (list->last != NULL)
        list->last->gc_sets[generation].next = span;
    else
        list->first = span;
    list->last = span;
}

// Leaves the list; the set keeps its members.
static inline void rt__gc_unlist_span(RtHeap *heap, RtSpan *span, unsigned generation)
{
    RtGcSet *set = &span->gc_sets[generation];
    if (!set->listed) return;
    RtGcSpans *list = &heap->gc.spans[generation];
    set->listed = false;
    if (set->previous != NULL)
        set->previous->gc_sets[generation].next = set->next;
    else
        list->first = set->next;
    if (set->next != NULL)
        set->next->gc_sets[generation].previous = set->previous;
    else
        list->last = set->previous;
}

static inline bool rt__gc_has(const RtGcSet *set, uint32_t index)
{
    return set->members[index / 64] >> (index % 64) & 1;
}

static inline void rt__gc_add(RtGcSet *set, uint32_t index)
{
    set->members[index / 64] |= (uint64_t)1 << (index % 64);
    set->summary[index / 4096] |= (uint64_t)1 << (index / 64 % 64);
}

// The summary's bit may stay: it says that a look is worth while.
static inline void rt__gc_remove(RtGcSet *set, uint32_t index)
{
    set->members[index / 64] &= ~((uint64_t)1 << (index % 64));
}

// Calls visit(span, index, argument) for every bit of the set. The visit may remove its own.
typedef void (*RtGcVisit)(RtSpan *span, uint32_t index, void *argument);
RT_GC_INLINE void rt__gc_each_of_span(RtSpan *span, unsigned generation, RtGcVisit visit,
                                      void *argument)
{
    RtGcSet *set = &span->gc_sets[generation];
    for (uint32_t s = 0; s < RT_GC_SUMMARY; s++) {
        for (uint64_t words = set->summary[s]; words != 0; words &= words - 1) {
            uint32_t word = s * 64 + (uint32_t)__builtin_ctzll(words);
            for (uint64_t bits = set->members[word]; bits != 0; bits &= bits - 1)
                visit(span, word * 64 + (uint32_t)__builtin_ctzll(bits), argument);
        }
    }
}

// The first span with a set of the generation in this heap or a later one, and the one after
// `span`. NULL: no more.
static inline RtSpan *rt__gc_first_span(RtRuntime *runtime, RtHeap *heap, unsigned generation)
{
    while (heap != NULL && heap->gc.spans[generation].first == NULL)
        heap = rt__gc_next_heap(runtime, heap);
    return heap != NULL ? heap->gc.spans[generation].first : NULL;
}

static inline RtSpan *rt__gc_next_span(RtRuntime *runtime, RtSpan *span, unsigned generation)
{
    RtSpan *next = span->gc_sets[generation].next;
    if (next != NULL) return next;
    return rt__gc_first_span(runtime, rt__gc_next_heap(runtime, span->heap), generation);
}

#define RT_GC_EACH_SPAN(runtime, generation, span)                                               \
    for (RtSpan *span = rt__gc_first_span(runtime, rt__gc_next_heap(runtime, NULL), generation); \
         span != NULL; span = rt__gc_next_span(runtime, span, generation))

// The first heap of a part, and the one after `heap`; NULL: no more.
static inline RtHeap *rt__gc_next_heap_of(const RtGcPart *p, RtHeap *heap)
{
    if (p->helper != NULL) return heap == NULL ? p->helper->heap : NULL;
    do {
        heap = rt__gc_next_heap(p->c->runtime, heap);
    } while (heap != NULL && heap->gc.part != p);
    return heap;
}

#define RT_GC_EACH_SPAN_OF(p, generation, span)                                                  \
    for (RtHeap *heap_ = NULL; (heap_ = rt__gc_next_heap_of(p, heap_)) != NULL;)                 \
        for (RtSpan *span = heap_->gc.spans[generation].first; span != NULL;                     \
             span = span->gc_sets[generation].next)

// The same for all spans of all heaps.
RT_GC_INLINE void rt__gc_each(RtRuntime *runtime, unsigned generation, RtGcVisit visit,
                              void *argument)
{
    RT_GC_EACH_SPAN(runtime, generation, span)
        rt__gc_each_of_span(span, generation, visit, argument);
}

// Moves every object of generation `from` to `to`, in one heap (gc/young.c).
void rt__gc_move_heap(RtHeap *heap, unsigned from, unsigned to);
// The same for all heaps.
void rt__gc_move(RtRuntime *runtime, unsigned from, unsigned to);
// Enters what a heap's buffer has into generation 0, and empties it.
void rt__gc_enter_young(RtHeap *heap);
// The same for all heaps.
void rt__gc_enter_all_young(RtRuntime *runtime);

#endif
