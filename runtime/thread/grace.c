// grace.c: quiescent-state reclamation, as in FreeBSD's GUS and CPython's QSBR (PEP 703).
//
// The runtime counts grace periods begun; each thread notes, in `grace_seen`, how many had
// begun at its last quiescent state. A goal has passed when no thread is attached that has seen
// less. Threads that are DETACHED, SUSPENDED or CLAIMED read nothing, so the status word is all
// that tells them apart, and a stopped world has passed every goal.
//
// Let a writer unlink X, begin G (an increment of `begun`), and scan. It must be that each
// reader's looking at X happens before the scan's end, or that the reader cannot find X.
//  - The scan finds the reader ATTACHED with `grace_seen` >= G. The reader has loaded a value
//    >= G from `begun`. That load is an acquire, of a release sequence that G's increment is
//    in (nothing but increments writes `begun`), so what it reads later has X unlinked. What
//    it read before is ordered by its release of `grace_seen`, which the scan acquires.
//  - The scan finds the reader not ATTACHED. What it read before is ordered by the
//    compare-and-swap of its status. If it attaches later, then in the order of all
//    sequentially consistent operations: G's increment, the scan's load of the status, the
//    compare-and-swap that attaches, the load of `begun` that follows it. So that load finds G
//    or more, and as above the reader cannot find X.
//  - The scan does not find the reader's state at all. Then it was linked after the scan,
//    under threads_lock, which orders G's increment before all that the reader does.
// The scan's result, in `passed`, is released by who scanned and acquired by who relies on it.
//
// Nobody waits in vain for a thread that runs: the scan sets RT_BREAK_GRACE after G, and the
// thread that takes the bit (acquire) loads `begun` after that.
#include "thread/thread.h"

#include "rt_inline.h"

uint64_t rt__grace_goal(RtThread *t)
{
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS) return 1;
    return rt_atomic_add_seqcst(&t->runtime->grace.begun, 1ull) + 1;
}

void rt__grace_quiesce(RtThread *t)
{
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS) return;
    uint64_t begun = rt_atomic_load_seqcst(&t->runtime->grace.begun);
    rt_atomic_store_release(&t->grace_seen, begun);
}

// The goal that all threads have passed, at most `goal`; asks those that lag behind it to poll.
static uint64_t scan_locked(RtThread *t, uint64_t goal)
{
    uint64_t passed = goal;
    for (RtThread *other = t->runtime->threads; other != NULL; other = other->next) {
        if (other == t || rt__status(other) != RT_STATUS_ATTACHED) continue;
        uint64_t seen = rt_atomic_load_acquire(&other->grace_seen);
        if (seen >= goal) continue;
        rt__breaker_set(other, RT_BREAK_GRACE);
        if (seen < passed) passed = seen;
    }
    return passed;
}

bool rt__grace_passed(RtThread *t, uint64_t goal)
{
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS) return true;
    RtRuntime *runtime = t->runtime;
    RtGrace *grace = &runtime->grace;
    RT_ASSERT(goal != 0 && goal <= rt_atomic_load_relaxed(&grace->begun));
    if (rt_atomic_load_acquire(&grace->passed) >= goal) return true;
    rt__grace_quiesce(t);
    rt_mutex_lock(&runtime->threads_lock);
    uint64_t passed = scan_locked(t, goal);
    if (passed > rt_atomic_load_relaxed(&grace->passed))
        rt_atomic_store_release(&grace->passed, passed);
    rt_mutex_unlock(&runtime->threads_lock);
    return passed == goal;
}
