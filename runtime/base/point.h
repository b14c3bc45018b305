// point.h: named points where a schedule matters.
//
// Each names a place between two steps of a concurrent protocol. In builds with RT_PERTURB
// (the presets debug, gc-stress and the sanitizers') the torture makes threads yield there, from
// a seed; a deterministic scheduler can stand in the same place. Elsewhere they are nothing.
#ifndef RT_BASE_POINT_H
#define RT_BASE_POINT_H

#include <stdint.h>

typedef enum RtPoint {
    RT_POINT_MERGE_QUEUING,   // a foreign drop is to be left to the owner, nobody knows yet
    RT_POINT_MERGE_PUBLISHED, // the pending bit is set, the owner's list may not hold the span
    RT_POINT_MERGE_LISTED,   // the span is listed, the owner may not have been asked to look
    RT_POINT_MERGE_CLAIMING, // a dropper saw a filled list, and does not hold its owner's state
                             // yet
    RT_POINT_MERGE_CLAIMED,  // a dropper holds the state of a detached owner
    RT_POINT_LOCAL_ZERO,     // the owner's count reached zero, the shared one is not yet read
    RT_POINT_DETACHED,       // a thread has just detached, its queue is not yet looked at
    RT_POINT_LOCK_SLOW,      // an object lock was found taken
    RT_POINT_LOCK_PARKING,   // about to sleep in the lot
    RT_POINT_LOCK_WAKING,    // a waiter was chosen, not yet woken
    RT_POINT_GIL_DROPPED,    // the GIL is free, the forced switch not yet awaited
    RT_POINT_WORLD_STOPPING, // stop requested, nobody counted yet
    RT_POINT_WORLD_RESUMING, // some threads released, others not yet
    RT_POINT_REMOTE_FREE,    // a block is about to enter another heap's list
    RT_POINT_READ_FOUND,     // a reader has a pointer, without a lock and without a reference
    RT_POINT_READ_TAKEN,     // it has a reference, and has not looked again
    RT_POINT_WEAK_FOUND,     // a weak reference leads to an object, not yet asked for a reference
    RT_POINT_WEAK_DEAD,      // an object or a weak reference is dead, and the table has it still
    RT_POINT_COUNT
} RtPoint;

#ifdef RT_PERTURB
void rt__point_perturb(uint64_t *state, RtPoint point);
#define RT_POINT(t, point) rt__point_perturb(&(t)->perturb, (point))
#else
#define RT_POINT(t, point) ((void)sizeof(t))
#endif

#endif
