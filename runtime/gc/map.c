// map.c: making the map of a collection.
#include "gc/map.h"

#include "alloc/pages.h"
#include "gc/gc.h"
#include "gc/sets.h"

// Whole words of the sets.
static uint32_t count_words(const RtSpan *span)
{
    size_t blocks = (size_t)(span->end - span->blocks) / span->block_size;
    return (uint32_t)((blocks + 63) & ~(size_t)63);
}

// Asserted only.
__attribute__((unused)) static bool are_zero(const RtGcWord *words, uint32_t count)
{
    RtGcWord all = 0;
    for (uint32_t i = 0; i < count; i++)
        all |= words[i];
    return all == 0;
}

bool rt__gc_take_words(RtSpan *span)
{
    if (span->gc_words != NULL) return true;
    span->gc_words = rt__pool_words(span, count_words(span));
    span->gc_at_home = span->gc_words != NULL;
    RT_ASSERT(!span->gc_at_home || are_zero(span->gc_words, count_words(span)));
    return span->gc_at_home;
}

// In a pool's arena they cost nothing to have and to give back. (Those from the system's
// allocator would, beside their own making, make it sort what it has: see gc/list.c.)
bool rt__gc_need_words(RtSpan *span)
{
    if (rt__gc_take_words(span)) return true;
    span->gc_words = rt_array_alloc_zeroed(count_words(span) * sizeof *span->gc_words);
    return span->gc_words != NULL;
}

void rt__gc_drop_words(RtSpan *span)
{
    if (span->gc_words == NULL) return;
    if (!span->gc_at_home)
        rt_array_free(span->gc_words);
    else if (span->gc_guessed)
        __builtin_memset(span->gc_words, 0, count_words(span) * sizeof *span->gc_words);
    span->gc_words = NULL;
    span->gc_guessed = false;
}

static RtGcPlace place_of(RtSpan *span, unsigned generation, RtGcPart *p)
{
    return (RtGcPlace){
        rt_span_base(span),         span->blocks,    span->inverse, span->gc_words, p,
        &span->gc_sets[generation], span->block_size};
}

static void add_part(RtGcMap *map, RtGcPlace **end, RtGcPart *p)
{
    p->places = *end;
    RT_GC_EACH_SPAN_OF(p, p->c->generation, span)
    {
        *rt__gc_map_slot(map, rt_span_base(span)) = (uint32_t)(*end - map->places);
        *(*end)++ = place_of(span, p->c->generation, p);
    }
    p->places_end = *end;
}

// Room for so many places; the first stands for none. False: no memory.
static bool make_room(RtGcMap *map, size_t count)
{
    unsigned log2 = 4;
    while (((size_t)1 << log2) < 2 * count)
        log2++;
    map->shift = 64 - log2;
    map->places = rt_array_alloc(count * sizeof *map->places);
    map->slots = rt_array_alloc_zeroed(((size_t)1 << log2) * sizeof *map->slots);
    if (map->places == NULL || map->slots == NULL) return false;
    map->places[0] = (RtGcPlace){0};
    return true;
}

bool rt__gc_map_build(RtGcMap *map, RtCollection *c)
{
    size_t count = 1 + RT_GC_AHEAD;
    RT_GC_EACH_SPAN(c->runtime, c->generation, span)
    count++;
    if (!make_room(map, count)) return false;
    RtGcPlace *end = map->places + 1;
    for (unsigned i = 0; i < c->part_count; i++)
        add_part(map, &end, &c->parts[i]);
    for (unsigned i = 0; i < RT_GC_AHEAD; i++)
        end[i] = end[-1];
    return true;
}

// Neighbours on the list are mostly neighbours in memory: how often the span changes is a bound
// for how many there are that is seldom far off.
static size_t count_runs(const RtGcList *list)
{
    size_t runs = 0;
    uintptr_t last = 0;
    for (size_t i = 0; i < list->count; i++) {
        uintptr_t base = rt_span_base(list->objects[i]);
        runs += base != last;
        last = base;
    }
    return runs;
}

bool rt__gc_map_list(RtGcMap *map, const RtGcList *list)
{
    if (!make_room(map, 1 + count_runs(list))) return false;
    uint32_t end = 1;
    for (size_t i = 0; i < list->count; i++) {
        RtSpan *span = rt_span_of(list->objects[i]);
        uint32_t *slot = rt__gc_map_slot(map, rt_span_base(span));
        if (*slot != 0) continue;
        map->places[end] = place_of(span, 0, NULL);
        *slot = end++;
    }
    return true;
}

void rt__gc_map_free(RtGcMap *map)
{
    rt_array_free(map->places);
    rt_array_free(map->slots);
    *map = (RtGcMap){0};
}
