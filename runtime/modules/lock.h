// lock.h: threading.Lock and RLock, for what waits while it holds one (modules/condition.c).
#ifndef RT_MODULES_LOCK_H
#define RT_MODULES_LOCK_H

#include "modules/waiting.h"

typedef struct RtLock {
    RtObject base;
    _Atomic uint32_t word;  // 0: free, 1: held, 2: held, and somebody may sleep on it; a futex
    uint32_t depth;         // of an RLock: how often its owner has it; its owner's
    _Atomic uint64_t owner; // of an RLock: the thread's id; 0: nobody's. Only that thread finds
                            // its own id in it, so relaxed does
} RtLock;

#pragma GCC visibility push(hidden)
extern const RtType rt__lock_type;
extern const RtType rt__rlock_type;
#pragma GCC visibility pop

RtObject *rt__rlock_new(RtThread *t);
static inline bool rt__is_lock(const RtObject *object)
{
    return object->type == &rt__lock_type || object->type == &rt__rlock_type;
}
static inline RtLock *rt__lock_of(RtObject *object)
{
    return (RtLock *)object;
}

// Whether somebody has it; an RLock: whether the caller does.
bool rt__lock_is_owned(const RtThread *t, const RtLock *lock);
// Gives it up, however deep; returns how deep. The caller owns it. Wakes, and calls nothing
// else.
uint32_t rt__lock_release_all(RtLock *lock);
// Takes it again, whatever else happens meanwhile.
void rt__lock_acquire_again(RtThread *t, RtLock *lock, uint32_t depth);

#endif
