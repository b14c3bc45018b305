// walk.c: a breadth-first walk.
#include "gc/walk.h"

#define FIRST_CAPACITY 256

static bool grow(RtWalk *walk)
{
    size_t capacity = walk->capacity == 0 ? FIRST_CAPACITY : 2 * walk->capacity;
    RtWalkStep *steps = rt_array_alloc(capacity * sizeof *steps);
    if (steps == NULL) return false;
    if (walk->count != 0) __builtin_memcpy(steps, walk->steps, walk->count * sizeof *steps);
    rt_array_free(walk->steps);
    walk->steps = steps;
    walk->capacity = capacity;
    return true;
}

static void meet(RtWalk *walk, RtObject *object, size_t from)
{
    RtGcWord *word = rt__census_word(object);
    if (walk->failed || word == NULL || *word == 0 || rt__walk_mark(*word) != 0) return;
    walk->failed = walk->count == walk->capacity && !grow(walk);
    if (walk->failed) return;
    *word |= walk->mark << RT_CENSUS_BITS;
    walk->steps[walk->count++] = (RtWalkStep){object, from};
}

void rt__walk_begin(RtWalk *walk, RtObject *object)
{
    meet(walk, object, RT_WALK_START);
}

static int meet_next(RtObject *object, void *argument)
{
    RtWalk *walk = (RtWalk *)argument;
    meet(walk, object, walk->next);
    return walk->failed;
}

void rt__walk_on(RtWalk *walk, RtObject *until)
{
    for (; walk->next < walk->count && !walk->failed; walk->next++) {
        RtObject *object = walk->steps[walk->next].object;
        if (object == until) return;
        if (object->type->traverse != NULL) object->type->traverse(object, meet_next, walk);
    }
}

void rt__walk_free(RtWalk *walk)
{
    rt_array_free(walk->steps);
}
