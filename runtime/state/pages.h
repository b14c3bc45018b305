// pages.h: memory of a runtime that belongs to no heap: arenas, free pools, large objects'
// spans, and spans that wait until nobody can have an address in them.
#ifndef RT_STATE_PAGES_H
#define RT_STATE_PAGES_H

#include <stddef.h>
#include <stdint.h>

#include "platform/platform.h"
#include "state/span.h"

// Pages for several pools. The creator's pages are one, of any size, that is never unmapped.
struct RtArena {
    RtArena *next; // in the ring of all arenas: those with room first
    RtArena *previous;
    char *base;
    RtGcWord *words; // for the collector, behind the pools, or behind none of given ones
    _Atomic uint32_t words_used; // of these, given to pools; anyone adds
    RtSpan *free;   // pools given back
    uint32_t pools; // that fit
    uint32_t fresh; // of these, handed out before
    uint32_t used;
};

// All guarded by `mutex`, but `slow` and `system`, constant while threads run, and `sentence`,
// written with the world stopped. Taken before threads_lock.
typedef struct RtPages {
    RtMutex mutex;
    RtArena ring;    // its head: no arena itself
    RtArena given;   // the creator's pages, if there are any
    RtArena *spare;  // one that is empty, kept for the next
    RtSpan *large;   // every large object's span, whoever's heap it belongs to
    RtSpan *retired; // spans without objects, oldest first, waiting for grace periods
    RtSpan **retired_end;
    size_t retired_count;
    size_t arenas; // mapped
    size_t arenas_peak;
    size_t pools;       // in use by heaps
    uint8_t slow;       // RT_SLOW_ bits of every span to be made
    bool system;        // every object in memory of its own from the system's allocator
    char sentence[200]; // what the last audit of guards found
} RtPages;

#endif
