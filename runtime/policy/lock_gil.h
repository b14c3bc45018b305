// lock_gil.h: one lock for all running threads, as CPython has had it since 3.2.
//
// Whoever is attached holds it, so critical sections are nothing. lock_gil.c has the lock.
#ifndef RT_POLICY_LOCK_GIL_H
#define RT_POLICY_LOCK_GIL_H

#include "state/runtime.h"

#define RT_LOCK_EXCLUDES_THREADS      1
#define RT_LOCK_PROTECTS              1
#define RT_LOCK_ALLOWS_UNLOCKED_READS 0

struct RtSection {
    char nothing;
};
typedef struct RtHold {
    char nothing;
} RtHold;

static inline void rt_section_begin(RtThread *t, RtSection *section, RtRef *ref)
{
    (void)t, (void)section, (void)ref;
}
static inline void rt_section_end(RtThread *t, RtSection *section) { (void)t, (void)section; }
static inline RtHold rt_hold_begin(RtThread *t, RtRef *ref)
{
    (void)t, (void)ref;
    return (RtHold){0};
}
static inline void rt_hold_end(RtThread *t, RtHold hold) { (void)t, (void)hold; }
static inline void rt_section_begin_two(RtThread *t, RtSection *section, RtRef *a, RtRef *b)
{
    (void)t, (void)section, (void)a, (void)b;
}
static inline void rt_section_end_two(RtThread *t, RtSection *section) { (void)t, (void)section; }
static inline void rt_section_suspend_all(RtThread *t) { (void)t; }
static inline void rt_section_resume(RtThread *t) { (void)t; }

void rt_lock_init(RtRuntime *runtime);
void rt_lock_destroy(RtRuntime *runtime);
void rt_lock_take(RtThread *t);
void rt_lock_drop(RtThread *t);

#endif
