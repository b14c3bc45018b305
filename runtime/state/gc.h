// gc.h: what the cycle collector keeps in a span, in a heap, and in a runtime. gc/gc.h tells
// what for.
#ifndef RT_STATE_GC_H
#define RT_STATE_GC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/atomic.h"
#include "config.h"
#include "rt.h"

// Generations 0 to 2, and the frozen objects, which no collection looks at.
enum { RT_GC_FROZEN = RT_GC_GENERATIONS, RT_GC_SETS };

// No object is smaller than two granules: a header and a free block's link.
#define RT_SPAN_BLOCKS (RT_SPAN_SIZE / (2 * RT_GRANULE))
#define RT_GC_WORDS    ((RT_SPAN_BLOCKS + 63u) / 64u)
#define RT_GC_SUMMARY  ((RT_GC_WORDS + 63u) / 64u)

// What a collection knows of a block (gc/trial.c), or a census (gc/census.h). No wider: it is
// written for every member, and most of a collection of many is memory traffic.
typedef uint32_t RtGcWord;

typedef struct RtSpan RtSpan;

// Which blocks of a span are in one generation. A bit may be stale: its object is dead, or the
// block is another object by now.
typedef struct RtGcSet {
    RtSpan *next; // in the heap's list of spans with a set of this generation
    RtSpan *previous;
    bool listed;
    uint64_t summary[RT_GC_SUMMARY]; // bit: a word below is not zero
    uint64_t members[RT_GC_WORDS];   // bit: the block with that index
} RtGcSet;

// Spans with a set of one generation, in the order of their first members: what was made one
// after the other is looked at one after the other.
typedef struct RtGcSpans {
    RtSpan *first;
    RtSpan *last;
} RtGcSpans;

// A growing list of objects (gc/list.h). All zero: empty.
typedef struct RtGcList {
    RtObject **objects;
    size_t count;
    size_t capacity;
} RtGcList;

// Guarded like the heap's free lists: its owner's, or the collector's while nobody else runs.
// `filled` and `balance` are written so, and read by anyone.
typedef struct RtGcHeap {
    _Atomic uint32_t filled; // entries of `young`
    uint32_t limit;          // when `filled` gets here, the allocating thread looks up
    _Atomic int64_t balance; // containers made and not in `young`, less those that died, since
                             // the last collection
    struct RtGcPart *part; // of the collection under way
    RtGcSpans spans[RT_GC_SETS];
    RtGcList stack;   // empty, with the memory of the last collection's, for the next one
    RtGcList garbage; // the same
    RtObject *young[RT_GC_YOUNG]; // made lately, the last at the end; some died since
} RtGcHeap;

// Garbage that a thread is to tear down, and a part of a collection that it may help with
// (gc/gc.h).
typedef struct RtGcShare RtGcShare;
typedef struct RtGcPart RtGcPart;

// `collecting` is taken by compare-and-swap and given back by a store with release; the atomics
// are read by anyone; everything else is written with the world stopped.
typedef struct RtGc {
    _Atomic uint32_t disabled;
    _Atomic uint32_t thresholds[RT_GC_GENERATIONS];
    _Atomic uint32_t collecting; // 1: a thread collects, until the world goes on
    uint32_t collections[RT_GC_GENERATIONS]; // of the generation below, since the last of this
    uint64_t long_lived_total;               // survivors of the last full collection
    uint64_t long_lived_pending;             // objects that have joined them since
    RtGcStats stats[RT_GC_GENERATIONS];
    char sentence[160]; // what the last audit found
} RtGc;

#endif
