// map.h: from an object's address to the word with what a collection knows of it.
//
// Every reference of every member is looked up here, so a look-up must not touch the object it
// leads to, nor the header of its span: spans are aligned to far more than a cache's ways, so
// their headers all compete for the same few lines. A small hash table of the spans that take
// part, all in neighbouring lines, answers for any address, constants outside of all spans too.
#ifndef RT_GC_MAP_H
#define RT_GC_MAP_H

#include "object/object.h"
#include "state/runtime.h"

typedef struct RtCollection RtCollection; // gc/gc.h

typedef struct RtGcPlace {
    const RtSpan *span; // NULL: nothing is here
    char *blocks;
    uint64_t inverse;
    uint64_t *words;
    RtGcPart *part; // that the span's heap is in
} RtGcPlace;

typedef struct RtGcMap {
    RtGcPlace *places; // open addressing, at most half full
    unsigned shift;    // 64 - log2 of how many
} RtGcMap;

// The spans with a set of the collection's generation, which have their words. False: no memory.
bool rt__gc_map_build(RtGcMap *map, const RtCollection *c);
void rt__gc_map_free(RtGcMap *map);

static inline RtGcPlace *rt__gc_map_find(const RtGcMap *map, const RtSpan *span)
{
    uint64_t hash =
        (uintptr_t)span / RT_SPAN_SIZE * 0x9e3779b97f4a7c15ull; // 2^64 / golden ratio
    size_t mask = ((size_t)1 << (64 - map->shift)) - 1;
    size_t i = (size_t)(hash >> map->shift);
    while (map->places[i].span != span && map->places[i].span != NULL)
        i = (i + 1) & mask;
    return &map->places[i];
}

// The word of an object in that place.
static inline uint64_t *rt__gc_word(const RtGcPlace *place, const RtObject *object)
{
    uint64_t offset = (uint64_t)((const char *)object - place->blocks);
    return &place->words[offset * place->inverse >> 32];
}

#endif
