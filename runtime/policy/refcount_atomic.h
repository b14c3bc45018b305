// refcount_atomic.h: one counter, every change an atomic operation: the naive removal.
//
// The same 8 bytes as the plain count. An object is freed at its last decref, at once, by
// the thread that dropped it.
//
// Order: incref is relaxed (the caller already has a reference, so the object is alive and
// visible). decref is acquire-release: the release publishes what this thread did to the
// object, the acquire of the one that reaches zero sees what everybody did.
#ifndef RT_POLICY_REFCOUNT_ATOMIC_H
#define RT_POLICY_REFCOUNT_ATOMIC_H

#include "state/thread.h"

#define RT_REF_NEEDS_THREAD_HEAP 0
#define RT_REF_THREADSAFE        1

// `count`: 0 free; from RT_REF_ATOMIC_IMMORTAL up, immortal. An immortal's word is only
// read, so the constants can be static data; a count cannot climb there in practice (2^31
// references), and the check precedes the add so that immortals are never written.
struct RtRef {
    _Atomic uint32_t count;
    _Atomic uint8_t flags;
    _Atomic uint8_t lock;
    uint16_t unused;
};

#define RT_REF_ATOMIC_IMMORTAL 0x80000000u
#define RT_REF_IMMORTAL {.count = RT_REF_ATOMIC_IMMORTAL}

static inline void rt_ref_prepare(RtRef *ref, uint16_t owner_id)
{
    (void)owner_id;
    rt_atomic_store_relaxed(&ref->count, 0u);
    rt_atomic_store_relaxed(&ref->lock, 0u);
    rt_atomic_store_relaxed(&ref->flags, 0u);
    ref->unused = 0;
}

// The object is published later, by whatever makes it reachable. Release, for a reader that
// still takes the block for the object that it was (rt_ref_try_incref).
static inline void rt_ref_begin(RtRef *ref) { rt_atomic_store_release(&ref->count, 1u); }

static inline void rt_ref_recycle(RtRef *ref, uint16_t owner_id)
{
    (void)ref;
    (void)owner_id;
}

static inline bool rt_ref_is_live(RtRef *ref) { return rt_atomic_load_relaxed(&ref->count) != 0; }

static inline bool rt_ref_is_immortal(RtRef *ref)
{
    return (int32_t)rt_atomic_load_relaxed(&ref->count) < 0;
}

static inline void rt_ref_incref(RtThread *t, RtRef *ref)
{
    rt_account_add(&t->account, incref, 1);
    if (rt_unlikely(rt_ref_is_immortal(ref))) return;
    rt_account_add(&t->account, incref_shared, 1);
    rt_atomic_add_relaxed(&ref->count, 1u);
}

static inline bool rt_ref_decref(RtThread *t, RtRef *ref)
{
    rt_account_add(&t->account, decref, 1);
    if (rt_unlikely(rt_ref_is_immortal(ref))) return false;
    rt_account_add(&t->account, decref_shared, 1);
    uint32_t before = rt_atomic_sub_acq_rel(&ref->count, 1u);
    RT_ASSERT(before != 0);
    return before == 1;
}

// A count of zero is final until the block is an object again; compare-and-swap, because an
// add could raise the dead for a moment. Acquire: the reader goes on to use the object, or, if
// the block is another object by now, finds what happened before that one was begun: that the
// place where it found the pointer has it no more.
static inline bool rt_ref_try_incref(RtThread *t, RtRef *ref)
{
    uint32_t count = rt_atomic_load_acquire(&ref->count);
    do {
        if (count == 0) return false;
        if ((int32_t)count < 0) break;
    } while (!rt_atomic_cas_acquire(&ref->count, &count, count + 1));
    rt_account_add(&t->account, incref, 1);
    rt_account_add(&t->account, incref_shared, (int32_t)count >= 0);
    return true;
}

static inline void rt_ref_share(RtRef *ref) { (void)ref; }

static inline bool rt_ref_is_unique(RtThread *t, RtRef *ref)
{
    (void)t;
    return rt_atomic_load_acquire(&ref->count) == 1;
}

static inline int64_t rt_ref_count(RtRef *ref)
{
    return (int64_t)rt_atomic_load_relaxed(&ref->count);
}

// A store: a count of zero is written by nobody else. From here on a try-incref may succeed.
static inline void rt_ref_revive(RtRef *ref) { rt_atomic_store_release(&ref->count, 1u); }

static inline void rt_ref_make_immortal(RtRef *ref)
{
    rt_atomic_store_release(&ref->count, RT_REF_ATOMIC_IMMORTAL); // as rt_ref_begin
}

static inline void rt_ref_defer(RtThread *t, RtRef *ref)
{
    (void)t; // atomic counts stay exact; deferring them would be another design
    (void)ref;
}

static inline void rt_ref_undefer(RtThread *t, RtRef *ref)
{
    (void)t;
    (void)ref;
}

static inline bool rt_ref_is_deferred(RtRef *ref)
{
    (void)ref;
    return false;
}

static inline size_t rt_ref_drain(RtThread *t, RtThread *owner)
{
    (void)t;
    (void)owner;
    return 0;
}

static inline void rt_ref_settle(RtThread *owner) { (void)owner; }

#endif
