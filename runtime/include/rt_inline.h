// rt_inline.h: the policy's inline functions under their public names, for C kernels and
// the runtime itself. What they cost is what is measured.
#ifndef RT_INLINE_H
#define RT_INLINE_H

#include "base/annotate.h"
#include "object/object.h"
#include "policy/policy.h"
#include "rt.h"

// Takes a reference. The caller has one already, or borrows one that is sure to stay.
static inline void rt_incref(RtThread *t, RtObject *object) { rt_ref_incref(t, &object->ref); }

// Drops a reference of the caller's. The object may be destroyed in the call, in this thread
// (with biased counts possibly later, in its owner's).
static inline void rt_decref(RtThread *t, RtObject *object)
{
    if (rt_ref_decref(t, &object->ref)) rt__object_destroy_object(t, object);
}

// The same for a reference that may be NULL.
static inline void rt_decref_null(RtThread *t, RtObject *object)
{
    if (object != NULL) rt_decref(t, object);
}

static inline RtObject *rt_new_ref(RtThread *t, RtObject *object)
{
    rt_incref(t, object);
    return object;
}

static inline bool rt_try_incref(RtThread *t, RtObject *object)
{
    return rt_ref_try_incref(t, &object->ref);
}

static inline bool rt_is_unique(RtThread *t, RtObject *object)
{
    return rt_ref_is_unique(t, &object->ref);
}

// For objects that many threads use and that live long: functions, classes, modules. With
// biased counts only the collector frees such an object, so that a reference need not be counted
// if its holder gives it up before the next poll or other safepoint: no collection runs until
// then. With other counts this does nothing, and rt_is_deferred is false.
//
// The object is a container made by this thread, and no other can reach it yet.
static inline void rt_defer(RtThread *t, RtObject *object)
{
    RT_ASSERT(object->type->traverse != NULL); // the collector does not know others
    rt_ref_defer(t, &object->ref);
}

// Whether only the collector frees it. Stays as it is while the object can be reached.
static inline bool rt_is_deferred(RtObject *object)
{
    return rt_ref_is_deferred(&object->ref);
}

// A critical section on one object, or on two in any order; see the lock policy. Sections
// nest like calls: the last begun ends first.
static inline void rt_lock_object(RtThread *t, RtSection *section, RtObject *object)
{
    rt_section_begin(t, section, &object->ref);
}
static inline void rt_unlock_object(RtThread *t, RtSection *section)
{
    rt_section_end(t, section);
}
static inline void rt_lock_objects(RtThread *t, RtSection *section, RtObject *a, RtObject *b)
{
    rt_section_begin_two(t, section, &a->ref, &b->ref);
}
static inline void rt_unlock_objects(RtThread *t, RtSection *section)
{
    rt_section_end_two(t, section);
}

// A section on one object that costs less, for a few loads and stores: until it is let go, nothing
// may begin another section, poll or block.
static inline RtHold rt_hold_object(RtThread *t, RtObject *object)
{
    return rt_hold_begin(t, &object->ref);
}
static inline void rt_let_go(RtThread *t, RtHold hold)
{
    rt_hold_end(t, hold);
}

// The eval breaker, asked as an interpreter does at loop back edges and calls: one load and
// a branch when nothing is wanted. May run destructors, wait for the GIL, or stop for
// another thread; critical sections are suspended if so.
void rt__poll_slow(RtThread *t);
static inline void rt_poll(RtThread *t)
{
    if (rt_unlikely(rt_atomic_load_relaxed(&t->breaker) != 0)) rt__poll_slow(t);
}

// What `t` allocates from here on is allocated on this line (rt.h, "what is alive").
#define RT_HERE(t) ((void)((t)->site = (RtSite){__FILE__, __LINE__}))

static inline bool rt__is_type(const RtObject *object, const RtType *type)
{
    return object->type == type;
}

#endif
