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

// Whether the two below have anything to do for an object.
static inline bool rt__weak_concerns(RtObject *object)
{
    return (rt__object_flags(object) & RT_FLAG_WEAK) || object->type == &rt__weakref_type;
}

// Takes the callbacks from the weak references among these objects. World stopped.
void rt__weak_silence_garbage(RtObject *const *garbage, size_t count);

// Clears the weak references to all these objects, to which only garbage refers. Returns those
// whose callbacks are left to call, linked, with a reference of the thread's on each, which is
// the caller or stands still; NULL: none. World stopped.
RtWeakref *rt__weak_clear_garbage(RtThread *t, RtObject *const *garbage, size_t count);

// Calls the callbacks of these in order, and drops the references.
void rt__weak_call(RtThread *t, RtWeakref *calls);

// A weak reference that is not where the address of its object leads, and in *how the predicate
// that says so; NULL: there is none. World stopped.
const RtObject *rt__weak_audit(const RtRuntime *runtime, const char **how);

#endif
