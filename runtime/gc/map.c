// map.c: making the map of a collection.
#include "gc/map.h"

#include "gc/gc.h"
#include "gc/sets.h"

bool rt__gc_need_words(RtSpan *span)
{
    if (span->gc_words != NULL) return true;
    size_t blocks = (size_t)(span->end - span->blocks) / span->block_size;
    size_t words = (blocks + 63) & ~(size_t)63; // whole words of the sets
    span->gc_words = rt_array_alloc_zeroed(words * sizeof *span->gc_words);
    return span->gc_words != NULL;
}

bool rt__gc_map_build(RtGcMap *map, const RtCollection *c)
{
    size_t count = 0;
    RT_GC_EACH_SPAN(c->runtime, c->generation, span)
    count++;
    unsigned log2 = 4;
    while (((size_t)1 << log2) < 2 * count)
        log2++;
    *map = (RtGcMap){.shift = 64 - log2};
    map->places = rt_array_alloc_zeroed(((size_t)1 << log2) * sizeof *map->places);
    if (map->places == NULL) return false;
    RT_GC_EACH_SPAN(c->runtime, c->generation, span)
    {
        *rt__gc_map_find(map, span) =
            (RtGcPlace){span, span->blocks, span->inverse, span->gc_words, span->heap->gc.part};
    }
    return true;
}

void rt__gc_map_free(RtGcMap *map)
{
    rt_array_free(map->places);
    map->places = NULL;
}
