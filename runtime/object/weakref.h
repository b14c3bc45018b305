// weakref.h: what becomes of the weak references to an object that dies.
#ifndef RT_OBJECT_WEAKREF_H
#define RT_OBJECT_WEAKREF_H

#include "object/types.h"
#include "state/runtime.h"

void rt__weak_init(RtRuntime *runtime);
void rt__weak_destroy(RtRuntime *runtime);

// The object is dead, and has RT_FLAG_WEAK: clears the weak references to it, then calls their
// callbacks. Any of them may do anything, but to reach the object. Allocates nothing itself.
void rt__weak_clear(RtThread *t, RtObject *object);

// Whether rt__weak_clear_garbage has anything to do for an object.
static inline bool rt__weak_concerns(RtObject *object)
{
    return (rt__object_flags(object) & RT_FLAG_WEAK) || object->type == &rt__weakref_type;
}

// Clears the weak references to all these objects, which only refer to each other, and takes
// the callbacks from those among them. Returns the weak references whose callbacks are left to
// call, linked, with a reference of the caller's on each; NULL: none. World stopped.
RtWeakref *rt__weak_clear_garbage(RtThread *t, RtObject *const *garbage, size_t count);

// Calls the callbacks of these in order, and drops the references.
void rt__weak_call(RtThread *t, RtWeakref *calls);

// A weak reference that is not where the address of its object leads, and in *how the predicate
// that says so; NULL: there is none. World stopped.
const RtObject *rt__weak_audit(const RtRuntime *runtime, const char **how);

#endif
