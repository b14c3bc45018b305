// ring.h: references in a ring that grows, for queues and deques.
//
// Whoever has a ring guards it. References are the caller's to take and to drop.
#ifndef RT_MODULES_RING_H
#define RT_MODULES_RING_H

#include <string.h>

#include "platform/platform.h"
#include "vm/native.h"

// Zero: empty.
typedef struct RtRing {
    RtObject **items;
    size_t capacity; // 0 or a power of two
    size_t first;
    size_t count;
} RtRing;

#define RT_RING_FIRST_CAPACITY 8

static inline size_t rt__ring_place(const RtRing *ring, size_t index)
{
    return (ring->first + index) & (ring->capacity - 1);
}

// Borrowed.
static inline RtObject *rt__ring_at(const RtRing *ring, size_t index)
{
    return ring->items[rt__ring_place(ring, index)];
}

static inline bool rt__ring_is_full(const RtRing *ring)
{
    return ring->count == ring->capacity;
}

// The ring is not full.
static inline void rt__ring_push_steal(RtRing *ring, RtObject *item)
{
    ring->items[rt__ring_place(ring, ring->count++)] = item;
}
static inline void rt__ring_push_front_steal(RtRing *ring, RtObject *item)
{
    ring->first = rt__ring_place(ring, ring->capacity - 1);
    ring->items[ring->first] = item;
    ring->count++;
}

// The ring is not empty.
static inline RtObject *rt__ring_pop_front(RtRing *ring)
{
    RtObject *item = ring->items[ring->first];
    ring->first = rt__ring_place(ring, 1);
    ring->count--;
    return item;
}
static inline RtObject *rt__ring_pop(RtRing *ring)
{
    return ring->items[rt__ring_place(ring, --ring->count)];
}

static inline size_t rt__ring_more(size_t capacity)
{
    return capacity == 0 ? RT_RING_FIRST_CAPACITY : 2 * capacity;
}

// Moves the items to a larger array; returns the old one, for the caller to free.
static inline RtObject **rt__ring_move(RtRing *ring, RtObject **larger, size_t capacity)
{
    for (size_t i = 0; i < ring->count; i++)
        larger[i] = rt__ring_at(ring, i);
    RtObject **old = ring->items;
    *ring = (RtRing){larger, capacity, 0, ring->count};
    return old;
}

// Drops all items and frees the array. Of a ring that nobody else sees any more.
static inline void rt__ring_drop(RtThread *t, RtRing *ring)
{
    for (size_t i = 0; i < ring->count; i++)
        rt_decref(t, rt__ring_at(ring, i));
    rt_array_free(ring->items);
}

static inline int rt__ring_traverse(const RtRing *ring, RtVisit visit, void *argument)
{
    for (size_t i = 0; i < ring->count; i++) {
        int stop = visit(rt__ring_at(ring, i), argument);
        if (stop != 0) return stop;
    }
    return 0;
}

#endif
