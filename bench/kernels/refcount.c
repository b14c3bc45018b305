// refcount.c: what does taking and dropping a reference cost?
#include "kernel.h"

// The barriers keep the compiler from folding a pair into nothing; the object could be
// anything to it. A poll per pair would weigh as much as the pair itself, so there is one for
// PAIRS_PER_POLL, about as many reference operations as an interpreter makes per back edge.
#define PAIRS_PER_POLL 4

static inline void pair(RtThread *t, RtObject *object)
{
    rt_incref(t, object);
    RT_OPTIMIZER_BARRIER(object);
    rt_decref(t, object);
    RT_OPTIMIZER_BARRIER(object);
}

// Not inlined, so that a test finds the loop by name and looks at its instructions.
__attribute__((noinline)) void gb_refcount_loop(RtThread *t, RtObject *object, uint64_t pairs);
__attribute__((noinline)) void gb_refcount_loop(RtThread *t, RtObject *object, uint64_t pairs)
{
    for (uint64_t i = 0; i < pairs; i += PAIRS_PER_POLL) {
        pair(t, object);
        pair(t, object);
        pair(t, object);
        pair(t, object);
        rt_poll(t);
    }
}

static uint64_t round_up(uint64_t operations)
{
    return (operations + PAIRS_PER_POLL - 1) / PAIRS_PER_POLL * PAIRS_PER_POLL;
}

static void run_own(GbWorker *worker, uint64_t operations)
{
    gb_refcount_loop(worker->t, worker->own, round_up(operations));
}

static void run_shared(GbWorker *worker, uint64_t operations)
{
    gb_refcount_loop(worker->t, worker->instance->shared, round_up(operations));
}

static void run_immortal(GbWorker *worker, uint64_t operations)
{
    gb_refcount_loop(worker->t, rt_none(), round_up(operations));
}

const GbKernel gb_kernel_refcount_own = {
    .name = "refcount_own", .enter = gb_enter_own_list, .run = run_own, .leave = gb_leave_own};
const GbKernel gb_kernel_refcount_shared = {
    .name = "refcount_shared", .prepare = gb_prepare_shared_list, .run = run_shared};
const GbKernel gb_kernel_refcount_immortal = {.name = "refcount_immortal", .run = run_immortal};
