// recursion.h: how deep hash, equality and repr may follow nested objects, and where they are.
//
// Each level keeps a record on its own stack, linked from the thread. The chain bounds the
// recursion, so that nesting is an error and not a crash, and tells a repr that it has come
// back to a container that it is in the middle of.
#ifndef RT_OBJECT_RECURSION_H
#define RT_OBJECT_RECURSION_H

#include "object/object.h"

struct RtRecursion {
    RtRecursion *outer;
    const RtObject *object;
    unsigned depth;
};

// False with a RECURSION error beyond RT_RECURSION_LIMIT; then there is nothing to leave.
static inline bool rt__recursion_enter(RtThread *t, RtRecursion *here, const RtObject *object)
{
    *here = (RtRecursion){t->recursion, object, t->recursion ? t->recursion->depth + 1 : 1};
    if (rt_unlikely(here->depth > RT_RECURSION_LIMIT)) {
        rt_error_set(t, RT_ERROR_RECURSION, "maximum recursion depth exceeded");
        return false;
    }
    t->recursion = here;
    return true;
}

static inline void rt__recursion_leave(RtThread *t, RtRecursion *here)
{
    t->recursion = here->outer;
}

// Whether a level further out is at `object`.
static inline bool rt__recursion_has(RtThread *t, const RtObject *object)
{
    for (RtRecursion *r = t->recursion; r != NULL; r = r->outer) {
        if (r->object == object) return true;
    }
    return false;
}

#endif
