// map.h: from an object's address to the word with what a collection knows of it.
//
// Every reference of every member is looked up here, so a look-up must not touch the object it
// leads to, nor the header of its span: spans are aligned to far more than a cache's ways, so
// their headers all compete for the same few lines. A small hash table of the spans that take
// part, all in neighbouring lines, answers for any address, constants outside of all spans too.
// Passes over all members go by the spans' places too, which lie one after the other, so that
// what the next ones lead to can be on its way from memory.
#ifndef RT_GC_MAP_H
#define RT_GC_MAP_H

#include "base/scatter.h"
#include "object/object.h"
#include "state/runtime.h"

typedef struct RtCollection RtCollection; // gc/gc.h

// Passes ask for what places lead to so many places ahead; so many are at the end in vain.
#define RT_GC_AHEAD 2

typedef struct RtGcPlace {
    uintptr_t base; // of the span's pages; 0: a place that stands for none
    char *blocks;
    uint64_t inverse;
    RtGcWord *words;
    RtGcPart *part; // that the span's heap is in
    RtGcSet *set;   // of the collection's generation
    size_t block_size;
} RtGcPlace;

typedef struct RtGcMap {
    RtGcPlace *places; // [0] stands for none; then part by part, in the order of the lists
    uint32_t *slots;   // places by hash; open addressing, at most half full; 0: none
    unsigned shift;    // 64 - log2 of how many
} RtGcMap;

// The spans with a set of the collection's generation, which have their words. Tells the parts
// where their places are. False: no memory.
bool rt__gc_map_build(RtGcMap *map, RtCollection *c);
// The spans of some objects that were found to be garbage, so that they have their words; they
// are nobody's part. False: no memory.
bool rt__gc_map_list(RtGcMap *map, const RtGcList *list);
void rt__gc_map_free(RtGcMap *map);

// Where the number of the span's place is, or is to be.
static inline uint32_t *rt__gc_map_slot(const RtGcMap *map, uintptr_t base)
{
    uint64_t hash = rt_scatter(base / RT_SPAN_SIZE);
    size_t mask = ((size_t)1 << (64 - map->shift)) - 1;
    size_t i = (size_t)(hash >> map->shift);
    while (map->slots[i] != 0 && map->places[map->slots[i]].base != base)
        i = (i + 1) & mask;
    return &map->slots[i];
}

// The place of the span whose pages begin there, or places[0].
static inline RtGcPlace *rt__gc_map_find(const RtGcMap *map, uintptr_t base)
{
    return &map->places[*rt__gc_map_slot(map, base)];
}

// The word of an object in that place.
static inline RtGcWord *rt__gc_word(const RtGcPlace *place, const RtObject *object)
{
    uint64_t offset = (uint64_t)((const char *)object - place->blocks);
    return &place->words[offset * place->inverse >> 32];
}

#endif
