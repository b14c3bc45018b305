// lock_object.h: a one-byte lock in each mutable object, taken through critical sections.
//
// The law of the byte:
//   RT_LOCK_HELD    set by who takes the lock (acquire), cleared by who releases it (release)
//   RT_LOCK_PARKED  waiters may be queued in the lot for this byte; set by a waiter before it
//                   queues, rewritten only by a releaser that holds the bucket's mutex. While
//                   it is set, releasing goes through the lot.
//
// A critical section holds one lock, or two in address order. Only the innermost section of
// a thread is sure to be held: one that has to wait for its lock gives up those around it
// first (they are taken back when they become innermost again), and so does a thread that
// blocks or stops. So no program can deadlock on these locks, and after a call that may
// suspend, the caller reads the object's state again. lock_object.c has the slow paths.
#ifndef RT_POLICY_LOCK_OBJECT_H
#define RT_POLICY_LOCK_OBJECT_H

#include "state/runtime.h"

#define RT_LOCK_EXCLUDES_THREADS      0
#define RT_LOCK_PROTECTS              1
#define RT_LOCK_ALLOWS_UNLOCKED_READS 1

#define RT_LOCK_HELD   1u
#define RT_LOCK_PARKED 2u

typedef _Atomic uint8_t RtLockByte;

struct RtSection {
    RtSection *outer;
    RtLockByte *first;  // NULL: nested in a section on the same object, or begun while the
                        // world is stopped: holds nothing
    RtLockByte *second; // the higher address; NULL for a section on one object
    bool held;          // false: suspended
};

// A section that nothing within can suspend, and in which no other begins: who gives up or takes
// back sections need not find it, so there is no record of it.
typedef struct RtHold {
    RtLockByte *lock; // NULL: as in RtSection
} RtHold;

RtHold rt__hold_begin_slow(RtThread *t, RtLockByte *lock);
void rt__section_begin_slow(RtThread *t, RtSection *section);
void rt__section_begin_two_slow(RtThread *t, RtSection *section);
void rt__section_resume_slow(RtThread *t);
void rt__lock_release_slow(RtThread *t, RtLockByte *lock);
void rt__section_suspend_slow(RtThread *t);

static inline bool rt__lock_try(RtThread *t, RtLockByte *lock)
{
    uint8_t expected = 0;
    if (rt_unlikely(!rt_atomic_cas_acquire(lock, &expected, (uint8_t)RT_LOCK_HELD)))
        return false;
    rt_trace_add(&t->account, RT_TRACE_LOCKED, lock, rt_clock_now());
    return true;
}

static inline void rt__lock_release(RtThread *t, RtLockByte *lock)
{
    rt_trace_add(&t->account, RT_TRACE_UNLOCKED, lock, rt_clock_now());
    uint8_t expected = RT_LOCK_HELD;
    if (rt_unlikely(!rt_atomic_cas_release(lock, &expected, (uint8_t)0)))
        rt__lock_release_slow(t, lock);
}

static inline void rt_section_begin(RtThread *t, RtSection *section, RtRef *ref)
{
    RT_ASSERT(!t->holds);
    rt_account_add(&t->account, section_begin, 1);
    section->outer = t->sections;
    section->first = &ref->lock;
    section->second = NULL;
    section->held = true;
    if (rt_likely(rt__lock_try(t, &ref->lock)))
        t->sections = section;
    else
        rt__section_begin_slow(t, section);
}

// Makes the next section the innermost, and takes it back if it was given up.
static inline void rt__section_pop(RtThread *t, RtSection *section)
{
    RT_ASSERT(t->sections == section);
    t->sections = section->outer;
    if (rt_unlikely(section->outer != NULL)) rt__section_resume_slow(t);
}

static inline void rt_section_end(RtThread *t, RtSection *section)
{
    if (rt_likely(section->first != NULL)) rt__lock_release(t, section->first);
    rt__section_pop(t, section);
}

static inline RtHold rt_hold_begin(RtThread *t, RtRef *ref)
{
    RT_ASSERT(!t->holds);
    rt_account_add(&t->account, section_begin, 1);
    RtHold hold = {&ref->lock};
    if (rt_unlikely(!rt__lock_try(t, hold.lock))) hold = rt__hold_begin_slow(t, hold.lock);
    RT_NOTE(t->holds = true);
    return hold;
}

static inline void rt_hold_end(RtThread *t, RtHold hold)
{
    RT_NOTE(t->holds = false);
    if (rt_likely(hold.lock != NULL)) rt__lock_release(t, hold.lock);
    if (rt_unlikely(t->sections != NULL)) rt__section_resume_slow(t);
}

static inline void rt_section_begin_two(RtThread *t, RtSection *section, RtRef *a, RtRef *b)
{
    if (a == b) {
        rt_section_begin(t, section, a);
        return;
    }
    RT_ASSERT(!t->holds);
    rt_account_add(&t->account, section_begin, 1);
    section->outer = t->sections;
    section->first = a < b ? &a->lock : &b->lock;
    section->second = a < b ? &b->lock : &a->lock;
    section->held = true;
    if (rt_likely(rt__lock_try(t, section->first))) {
        if (rt_likely(rt__lock_try(t, section->second))) {
            t->sections = section;
            return;
        }
        rt__lock_release(t, section->first);
    }
    rt__section_begin_two_slow(t, section);
}

static inline void rt_section_end_two(RtThread *t, RtSection *section)
{
    if (section->second != NULL) rt__lock_release(t, section->second);
    rt_section_end(t, section);
}

static inline void rt_section_suspend_all(RtThread *t)
{
    RT_ASSERT(!t->holds);
    if (t->sections != NULL) rt__section_suspend_slow(t);
}

static inline void rt_section_resume(RtThread *t)
{
    if (t->sections != NULL) rt__section_resume_slow(t);
}

static inline void rt_lock_take(RtThread *t)
{
    (void)t;
}
static inline void rt_lock_drop(RtThread *t)
{
    (void)t;
}
void rt_lock_init(RtRuntime *runtime);
void rt_lock_destroy(RtRuntime *runtime);

#endif
