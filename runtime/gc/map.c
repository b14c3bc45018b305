// map.c: making the map of a collection.
#include "gc/map.h"

#include "gc/gc.h"
#include "gc/sets.h"

bool rt__gc_need_refs(RtSpan *span)
{
    if (span->gc_refs != NULL) return true;
    size_t blocks = (size_t)(span->end - span->blocks) / span->block_size;
    span->gc_refs = rt_array_alloc_zeroed(blocks * sizeof *span->gc_refs);
    return span->gc_refs != NULL;
}

static bool add(RtGcMap *map, RtSpan *span)
{
    if (!rt__gc_need_refs(span)) return false;
    *rt__gc_map_find(map, span) = (RtGcPlace){span, span->blocks, span->inverse, span->gc_refs};
    return true;
}

static size_t count_spans(RtRuntime *runtime, unsigned generation)
{
    size_t count = 0;
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(runtime, heap)) != NULL;) {
        for (RtSpan *span = heap->gc.spans[generation]; span != NULL;
             span = span->gc_sets[generation].next)
            count++;
    }
    return count;
}

bool rt__gc_map_build(RtGcMap *map, RtRuntime *runtime, unsigned generation)
{
    unsigned log2 = 4;
    for (size_t count = count_spans(runtime, generation); ((size_t)1 << log2) < 2 * count;)
        log2++;
    *map = (RtGcMap){.shift = 64 - log2};
    map->places = rt_array_alloc_zeroed(((size_t)1 << log2) * sizeof *map->places);
    if (map->places == NULL) return false;
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(runtime, heap)) != NULL;) {
        for (RtSpan *span = heap->gc.spans[generation]; span != NULL;
             span = span->gc_sets[generation].next) {
            if (!add(map, span)) return false;
        }
    }
    return true;
}

void rt__gc_map_free(RtGcMap *map)
{
    rt_array_free(map->places);
    map->places = NULL;
}
