// gil.c: what does giving up the right to run, and getting it back, cost?
//
// And what does it take to give it to another thread?
#include "kernel.h"

// Detach and attach: what surrounds every blocking call. Without a GIL this is the status
// word alone.
static void run_pair(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    for (uint64_t i = 0; i < operations; i++) {
        rt_thread_detach(t);
        rt_thread_attach(t);
        rt_poll(t);
    }
}

// Two workers take turns: each waits until it is its turn, yielding, and passes it on. Under a
// GIL every turn is a forced switch; without one the word travels between two cores and the
// yields return at once. A yield alone would not do: it also returns when the other thread is
// still waking up, having handed nothing over.
typedef struct Turns {
    _Atomic uint32_t next;   // whose turn it is
    _Atomic uint32_t closed; // the window is over: nobody waits any more
} Turns;

static Turns *turns_of(GbInstance *instance)
{
    return (Turns *)instance->setup.page;
}

static bool prepare_turns(GbInstance *instance, RtThread *t)
{
    (void)t;
    rt_atomic_store_relaxed(&turns_of(instance)->next, 0u);
    rt_atomic_store_relaxed(&turns_of(instance)->closed, 0u);
    return true;
}

static void close_turns(GbInstance *instance)
{
    rt_atomic_store_relaxed(&turns_of(instance)->closed, 1u);
}

static void await_turn(RtThread *t, Turns *turns, uint32_t mine)
{
    while (rt_atomic_load_acquire(&turns->next) != mine &&
           rt_atomic_load_relaxed(&turns->closed) == 0) {
        rt_thread_yield(t);
        rt_poll(t);
    }
}

static void run_handover(GbWorker *worker, uint64_t operations)
{
    Turns *turns = turns_of(worker->instance);
    uint32_t mine = worker->index;
    for (uint64_t i = 0; i < operations; i++) {
        await_turn(worker->t, turns, mine);
        rt_atomic_store_release(&turns->next, 1 - mine);
    }
}

const GbKernel gb_kernel_gil_pair = {.name = "gil_pair", .run = run_pair};
const GbKernel gb_kernel_gil_handover = {.name = "gil_handover",
                                         .prepare = prepare_turns,
                                         .run = run_handover,
                                         .close = close_turns};
