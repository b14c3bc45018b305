// slot.h: a place in an array that holds a reference.
//
// Slots are written in the section of the object that the array belongs to. Where the lock
// policy allows it, they are read without it: the reader loads the array, loads the slot, takes
// a reference if it can (rt_try_incref), and looks again. Is the same pointer in the slot, and
// the same array in its object, then the slot belonged to the object when it was looked at the
// second time, and the reference is to what it had then. If not, the reader drops what it took
// and asks again in the section. Until then it is in no quiescent state, so that neither the
// array can be freed nor the header become anything but a header (state/grace.h).
//  - An array is stored with release and loaded with acquire: what it has is there.
//  - A slot is stored with release and loaded with acquire, both times: the second look may
//    find another object at the same address, stored later, and the reader goes on to use it.
//  - The second look at the slot comes after the reference was taken, by the acquire in
//    rt_try_incref; the one at the array after that, by the acquire of the one at the slot.
//  - An object has an array only once before a grace period has passed, so that comparing
//    addresses is enough for arrays. For slots it need not be.
#ifndef RT_OBJECT_SLOT_H
#define RT_OBJECT_SLOT_H

#include "object/array.h"
#include "rt_inline.h"

typedef union RtSlot {
    RtObject *plain; // to read where nobody else writes, in the section: as quick as any load
    _Atomic(RtObject *) atomic;
} RtSlot;

// In the section, or with the array to oneself. Borrowed; NULL: nothing is there.
static inline RtObject *rt__slot_get(const RtSlot *slot)
{
    return slot->plain;
}

// In the section. Takes over a reference and forgets the one that it had.
static inline void rt__slot_set(RtSlot *slot, RtObject *object_steal)
{
    rt_atomic_store_release(&slot->atomic, object_steal);
}

// In the section. A new reference to what is there, which next time is to be had without.
static inline RtObject *rt__slot_share(RtThread *t, RtSlot *slot)
{
    RtObject *object = rt__slot_get(slot);
    if (RT_LOCK_ALLOWS_UNLOCKED_READS) {
        if (rt_try_incref(t, object)) return object;
        rt_ref_share(&object->ref);
    }
    return rt_new_ref(t, object);
}

// Without the section. What was there a moment ago: an address to compare, no more.
static inline const RtObject *rt__slot_peek(RtSlot *slot)
{
    return rt_atomic_load_acquire(&slot->atomic);
}

// Without the section. A new reference to what is there, if its array is still its object's;
// NULL: nothing was there, or the reader was disturbed.
static inline RtObject *rt__slot_try_read(RtThread *t, RtSlot *slot)
{
    RtObject *object = rt_atomic_load_acquire(&slot->atomic);
    if (rt_unlikely(object == NULL)) return NULL;
    RT_POINT(t, RT_POINT_READ_FOUND);
    if (rt_unlikely(!rt_try_incref(t, object))) return NULL;
    RT_POINT(t, RT_POINT_READ_TAKEN);
    if (rt_likely(rt__slot_peek(slot) == object)) return object;
    rt_decref(t, object);
    return NULL;
}

#endif
