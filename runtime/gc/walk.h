// walk.h: from some objects to all that they lead to, nearest first, after a census.
#ifndef RT_GC_WALK_H
#define RT_GC_WALK_H

#include "gc/census.h"

// Above the census's count in an object's word; 0: not seen yet.
typedef unsigned RtWalkMark; // below 16

typedef struct RtWalkStep {
    RtObject *object;
    size_t from; // the step that led here; RT_WALK_START: none did
} RtWalkStep;
#define RT_WALK_START SIZE_MAX

// All zero: begun nowhere.
typedef struct RtWalk {
    RtWalkStep *steps; // in the order of their distance from where it began
    size_t count;
    size_t capacity;
    size_t next;     // steps before this one are followed
    RtWalkMark mark; // that objects get which are met from now on
    bool failed;     // no memory: what is seen is not all
} RtWalk;

static inline RtWalkMark rt__walk_mark(RtGcWord word)
{
    return (RtWalkMark)(word >> RT_CENSUS_BITS);
}

// Begins there too, unless the object is seen already or is none that the census counted.
void rt__walk_begin(RtWalk *walk, RtObject *object);
// Goes on until everything is seen, or `until`, which may be NULL.
void rt__walk_on(RtWalk *walk, RtObject *until);
void rt__walk_free(RtWalk *walk);

#endif
