// gil.c: what does giving up the right to run, and getting it back, cost?
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

// A forced switch: returns when the other thread has had its turn. Without a GIL there is
// nothing to hand over, and the call returns at once.
static void run_handover(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    for (uint64_t i = 0; i < operations; i++) {
        rt_thread_yield(t);
        rt_poll(t);
    }
}

const GbKernel gb_kernel_gil_pair = {.name = "gil_pair", .run = run_pair};
const GbKernel gb_kernel_gil_handover = {.name = "gil_handover", .run = run_handover};
