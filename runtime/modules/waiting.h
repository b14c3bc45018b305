// waiting.h: threads that wait for each other: locks, conditions, queues, joins.
//
// What they wait for is guarded by a mutex that is held for a few instructions: nothing is
// allocated, dropped or called under it, so that an attached thread may take it. A waiting
// thread is a sleeper on its own stack, in a list that the same mutex guards, and is detached
// while it sleeps.
//
// Only the thread that runs the program is interrupted by Ctrl-C: signals come to no other
// (platform.h). One that comes between the question and the sleep is served when the sleep
// ends, as in CPython.
#ifndef RT_MODULES_WAITING_H
#define RT_MODULES_WAITING_H

#include "platform/platform.h"
#include "vm/native.h"

// Deadlines are moments of rt_clock_now. 0: not to wait at all.
#define RT_NO_DEADLINE UINT64_MAX

typedef enum RtWait {
    RT_WAIT_DONE, // woken, or got what it waits for
    RT_WAIT_TIMED_OUT,
    RT_WAIT_INTERRUPTED,
} RtWait;

typedef struct RtSleeper {
    _Atomic uint32_t woken; // a futex; stored with release under the mutex
    struct RtSleeper *next;
} RtSleeper;

// Zero: nobody waits. Guarded by the mutex that it is used with.
typedef struct RtWaitList {
    RtSleeper *first;
} RtWaitList;

// Sleeps until somebody wakes it. The caller holds the mutex, and again on return; it looks
// again at what it waits for, and has dropped nothing that others need in order to be woken.
RtWait rt__wait(RtThread *t, RtMutex *mutex, RtWaitList *list, uint64_t deadline);

// Wakes as many, first come first served. The mutex is held.
void rt__wake(RtWaitList *list, size_t count);
static inline void rt__wake_all(RtWaitList *list)
{
    rt__wake(list, SIZE_MAX);
}

// What is left until a deadline, in ns, for rt_futex_wait; 0: nothing.
uint64_t rt__time_left(uint64_t deadline);

// The deadline that a program's `timeout` in seconds means; NULL and None: there is none, and
// so a negative one if `negative_is_never`; else that is at once. False with an error.
bool rt__deadline_of(RtThread *t, RtObject *timeout, bool negative_is_never,
                     uint64_t *deadline);

// Whether the thread's wait should end because Ctrl-C was pressed.
static inline bool rt__interrupt_waits(RtThread *t)
{
    return rt_unlikely(rt_atomic_load_relaxed(&t->breaker) & RT_BREAK_SIGNAL);
}

// What a method returns that waited: True or False; NULL with KeyboardInterrupt.
RtObject *rt__wait_result(RtThread *t, RtWait wait);

#endif
