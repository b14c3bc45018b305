// refcount_biased.h: the owner counts with plain stores, everybody else atomically.
//
// The design of PEP 703 after Choi, Shull and Torrellas (PACT 2018): most references are
// taken and dropped by the thread that made the object. The header names that thread and
// has two counts; an object's references are local + shared.
//
//   owner   the id of the owning thread; 0: merged, everything is in `shared`. Written by
//           the owner only (or by who holds the owner's claimed state), so the owner itself
//           reads it exactly; others read it relaxed and only ask "is it me?" 16 bits, so that
//           all this fits into two words (RT_THREADS_MOST).
//   local   the owner's count. Written by the owner only. RT_REF_LOCAL_IMMORTAL is final, and
//           comes with owner 0: so the owner's path, the one that must be fast, asks one
//           question only (2^32 - 1 local references would fill 32 GiB with pointers alone).
//           Relaxed accesses: plain moves, but no data race with the others' immortal check.
//   shared  everybody else's count, times 4, plus two bits:
//             0 PLAIN    never touched by another thread, if the count is zero too
//             1 WEAK     may be referenced weakly: a try-incref may succeed from here
//             2 QUEUED   the owner has been asked to merge, and its queue holds a reference that
//                        was dropped; not every such object reads so (refcount_biased.c)
//             3 MERGED   `local` is zero for good; the count here is the whole truth
//           The count may be negative before the merge (references the owner counted, but
//           others dropped). Nothing leaves MERGED but the block's next life.
//
// A free block reads owner = its heap's owner, local 0, shared 0: an allocation writes one
// word. When the owner drops the last reference and nobody else ever took one, that is what
// the header reads already.
#ifndef RT_POLICY_REFCOUNT_BIASED_H
#define RT_POLICY_REFCOUNT_BIASED_H

#include "state/thread.h"

#define RT_REF_NEEDS_THREAD_HEAP 1
#define RT_REF_THREADSAFE        1

struct RtRef {
    _Atomic uint32_t local;
    _Atomic uint16_t owner;
    _Atomic uint8_t flags;
    _Atomic uint8_t lock;
    _Atomic int64_t shared;
};

#define RT_REF_LOCAL_IMMORTAL UINT32_MAX
#define RT_REF_SHARED_ONE     4
#define RT_REF_SHARED_BITS    3
#define RT_REF_SHARED_WEAK    1
#define RT_REF_SHARED_QUEUED  2
#define RT_REF_SHARED_MERGED  3
// Deferred objects carry this many references that nobody will drop.
#define RT_REF_SHARED_DEFERRED ((int64_t)1 << 56)

// Whatever others hold or dropped of it is far less than half of that.
static inline bool rt__ref_is_deferred(int64_t shared)
{
    return shared >= RT_REF_SHARED_DEFERRED / 2;
}

#define RT_REF_IMMORTAL {.local = RT_REF_LOCAL_IMMORTAL}

// The slow paths, in refcount_biased.c.
void rt__ref_incref_shared(RtThread *t, RtRef *ref);
bool rt__ref_decref_shared(RtThread *t, RtRef *ref);
bool rt__ref_local_zero(RtThread *t, RtRef *ref);
bool rt__ref_try_incref_shared(RtThread *t, RtRef *ref);
void rt__ref_share_slow(RtRef *ref);
size_t rt_ref_drain(RtThread *t, RtThread *owner);
void rt_ref_settle(RtThread *owner);

static inline void rt_ref_prepare(RtRef *ref, uint16_t owner_id)
{
    rt_atomic_store_relaxed(&ref->owner, owner_id);
    rt_atomic_store_relaxed(&ref->local, 0u);
    rt_atomic_store_relaxed(&ref->shared, 0);
    rt_atomic_store_relaxed(&ref->lock, 0u);
    rt_atomic_store_relaxed(&ref->flags, 0u);
}

static inline void rt_ref_begin(RtRef *ref) { rt_atomic_store_relaxed(&ref->local, 1u); }

// Both dead forms (local and shared zero; merged with count zero) refuse a try-incref, so a
// reader that still looks at this header never sees it come alive by these stores.
static inline void rt_ref_recycle(RtRef *ref, uint16_t owner_id)
{
    if (rt_atomic_load_relaxed(&ref->shared) == 0) return; // never merged: as it should be
    rt_atomic_store_relaxed(&ref->shared, 0);
    rt_atomic_store_relaxed(&ref->owner, owner_id);
}

static inline bool rt_ref_is_live(RtRef *ref)
{
    return rt_atomic_load_relaxed(&ref->local) != 0 ||
           (rt_atomic_load_relaxed(&ref->shared) & ~(int64_t)RT_REF_SHARED_BITS) != 0;
}

static inline bool rt_ref_is_immortal(RtRef *ref)
{
    return rt_atomic_load_relaxed(&ref->local) == RT_REF_LOCAL_IMMORTAL;
}

static inline void rt_ref_incref(RtThread *t, RtRef *ref)
{
    rt_account_add(&t->account, incref, 1);
    uint32_t local = rt_atomic_load_relaxed(&ref->local);
    if (rt_likely(rt_atomic_load_relaxed(&ref->owner) == t->id))
        rt_atomic_store_relaxed(&ref->local, local + 1);
    else if (local != RT_REF_LOCAL_IMMORTAL)
        rt__ref_incref_shared(t, ref);
}

static inline bool rt_ref_decref(RtThread *t, RtRef *ref)
{
    rt_account_add(&t->account, decref, 1);
    uint32_t local = rt_atomic_load_relaxed(&ref->local);
    if (rt_unlikely(rt_atomic_load_relaxed(&ref->owner) != t->id))
        return local != RT_REF_LOCAL_IMMORTAL && rt__ref_decref_shared(t, ref);
    RT_ASSERT(local != 0);
    rt_atomic_store_relaxed(&ref->local, local - 1);
    if (local != 1) return false;
    // Nobody else ever had a reference: dead, and the header reads free already. Acquire, for
    // those who had one and dropped it again.
    return rt_likely(rt_atomic_load_acquire(&ref->shared) == 0) || rt__ref_local_zero(t, ref);
}

// Acquire, on this path for an immortal: see rt__ref_try_incref_shared.
static inline bool rt_ref_try_incref(RtThread *t, RtRef *ref)
{
    uint32_t local = rt_atomic_load_acquire(&ref->local);
    if (local == RT_REF_LOCAL_IMMORTAL) {
        rt_account_add(&t->account, incref, 1);
        return true;
    }
    if (rt_atomic_load_relaxed(&ref->owner) != t->id) return rt__ref_try_incref_shared(t, ref);
    if (local == 0) return false; // dead by this thread's own hand, or free
    rt_account_add(&t->account, incref, 1);
    rt_atomic_store_relaxed(&ref->local, local + 1);
    return true;
}

// PLAIN becomes WEAK; every other state allows it already.
static inline void rt_ref_share(RtRef *ref)
{
    if ((rt_atomic_load_relaxed(&ref->shared) & RT_REF_SHARED_BITS) == 0) rt__ref_share_slow(ref);
}

static inline bool rt_ref_is_unique(RtThread *t, RtRef *ref)
{
    return rt_atomic_load_relaxed(&ref->owner) == t->id &&
           rt_atomic_load_relaxed(&ref->local) == 1 && rt_atomic_load_acquire(&ref->shared) == 0;
}

// A queued object's last drop is still counted: the queue has that reference. It is known to be
// queued after rt_ref_settle.
static inline int64_t rt_ref_count(RtRef *ref)
{
    int64_t shared = rt_atomic_load_relaxed(&ref->shared);
    bool queued = (shared & RT_REF_SHARED_BITS) == RT_REF_SHARED_QUEUED;
    if (rt__ref_is_deferred(shared)) shared -= RT_REF_SHARED_DEFERRED;
    return (shared >> 2) + (int64_t)rt_atomic_load_relaxed(&ref->local) - queued;
}

// Of the two dead forms, the one that nobody else ever shared is the caller's own.
static inline void rt_ref_revive(RtRef *ref)
{
    if (rt_atomic_load_relaxed(&ref->shared) == 0)
        rt_atomic_store_relaxed(&ref->local, 1u);
    else
        rt_atomic_store_release(&ref->shared, (int64_t)(RT_REF_SHARED_ONE | RT_REF_SHARED_MERGED));
}

// No one's id owns an immortal: the owner's path need not ask about immortality.
static inline void rt_ref_make_immortal(RtRef *ref)
{
    rt_atomic_store_relaxed(&ref->owner, 0u);
    rt_atomic_store_release(&ref->local, RT_REF_LOCAL_IMMORTAL); // for rt_ref_try_incref
}

static inline bool rt_ref_is_deferred(RtRef *ref)
{
    return rt__ref_is_deferred(rt_atomic_load_relaxed(&ref->shared));
}

static inline void rt_ref_defer(RtThread *t, RtRef *ref)
{
    (void)t;
    RT_ASSERT(rt_atomic_load_relaxed(&ref->owner) == t->id && !rt_ref_is_deferred(ref));
    rt_atomic_add_release(&ref->shared, RT_REF_SHARED_DEFERRED); // for rt_ref_try_incref
}

// The caller has a reference, so this is not the last. Release: see rt__ref_decref_shared.
static inline void rt_ref_undefer(RtThread *t, RtRef *ref)
{
    (void)t;
    if (rt_unlikely(rt_ref_is_deferred(ref)))
        rt_atomic_sub_acq_rel(&ref->shared, RT_REF_SHARED_DEFERRED);
}

#endif
