// refcount_plain.h: a counter and nothing else, for one running thread at a time.
//
// CPython's counts as they are under the GIL. An object is freed at its last decref, at
// once, by the thread that dropped it. Whoever runs holds the lock that makes this safe;
// in `unlocked` nobody does, which is what that variant is for.
#ifndef RT_POLICY_REFCOUNT_PLAIN_H
#define RT_POLICY_REFCOUNT_PLAIN_H

#include "state/thread.h"

#define RT_REF_NEEDS_THREAD_HEAP 0
#define RT_REF_THREADSAFE        0

// 8 bytes, 16 with the type. `count`: 0 free; with the top bit set, immortal (so that a
// count which overflows becomes immortal rather than wrong).
struct RtRef {
    uint32_t count;
    _Atomic uint8_t flags;
    _Atomic uint8_t lock;
    uint16_t unused;
};

#define RT_REF_PLAIN_IMMORTAL 0x80000000u
#define RT_REF_IMMORTAL {.count = RT_REF_PLAIN_IMMORTAL}

static inline void rt_ref_prepare(RtRef *ref, uint16_t owner_id)
{
    (void)owner_id;
    *ref = (RtRef){0};
}

static inline void rt_ref_begin(RtRef *ref) { ref->count = 1; }

static inline void rt_ref_recycle(RtRef *ref, uint16_t owner_id)
{
    (void)ref;
    (void)owner_id; // the count reads zero already, and there is nothing else
}

static inline bool rt_ref_is_live(RtRef *ref) { return ref->count != 0; }

static inline bool rt_ref_is_immortal(RtRef *ref) { return (int32_t)ref->count < 0; }

static inline void rt_ref_incref(RtThread *t, RtRef *ref)
{
    rt_account_add(&t->account, incref, 1);
    uint32_t count = ref->count;
    if (rt_likely((int32_t)count >= 0)) ref->count = count + 1;
}

static inline bool rt_ref_decref(RtThread *t, RtRef *ref)
{
    rt_account_add(&t->account, decref, 1);
    uint32_t count = ref->count;
    if (rt_unlikely((int32_t)count < 0)) return false;
    RT_ASSERT(count != 0);
    ref->count = count - 1;
    return count == 1;
}

static inline bool rt_ref_try_incref(RtThread *t, RtRef *ref)
{
    if (ref->count == 0) return false;
    rt_ref_incref(t, ref);
    return true;
}

static inline void rt_ref_share(RtRef *ref) { (void)ref; }

static inline bool rt_ref_is_unique(RtThread *t, RtRef *ref)
{
    (void)t;
    return ref->count == 1;
}

static inline int64_t rt_ref_count(RtRef *ref) { return (int64_t)ref->count; }

static inline void rt_ref_revive(RtRef *ref) { ref->count = 1; }

static inline void rt_ref_make_immortal(RtRef *ref) { ref->count = RT_REF_PLAIN_IMMORTAL; }

static inline void rt_ref_defer(RtThread *t, RtRef *ref)
{
    (void)t; // a plain count costs nothing to keep exact
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
