// grace.h: when nobody can be reading any more what was unlinked.
//
// Where the lock policy allows reads without the lock, a reader may still look at memory that
// a writer has just made unreachable. A grace period has passed once every thread that ran
// when it began has been in a quiescent state: it polled slowly, attached, or is not attached.
// An unlocked read ends before its thread polls, blocks, allocates or frees, so nothing that was
// unlinked before the grace period began is looked at after it.
//
// Elsewhere a grace period has always passed. thread/grace.c has the protocol.
#ifndef RT_STATE_GRACE_H
#define RT_STATE_GRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/atomic.h"
#include "rt.h"

typedef struct RtGrace {
    _Alignas(64) _Atomic uint64_t begun;  // grace periods begun: the last goal given out
    _Alignas(64) _Atomic uint64_t passed; // every goal up to this one has passed
} RtGrace;

// Begins a grace period for what the caller, or anyone before it, has unlinked. Never 0.
uint64_t rt__grace_goal(RtThread *t);

// Whether the grace period with this goal has passed. A quiescent state of the caller, who is
// attached. If it has not, the threads that it waits for are asked to poll slowly, so that it
// passes as soon as they poll. Takes threads_lock, unless the answer is known already.
bool rt__grace_passed(RtThread *t, uint64_t goal);

// A quiescent state of the caller: it holds no pointer that it found without a lock and without
// a reference. Called where a thread attaches and where it polls slowly.
void rt__grace_quiesce(RtThread *t);

#endif
