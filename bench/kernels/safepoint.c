// safepoint.c: how long does it take until the world stands still?
#include "kernel.h"
#include "platform/platform.h"

#define POLL_NS 200   // between two polls of those that run
#define REST_NS 20000 // between two stops, so that all are running again

// Works until so much time has passed, without a poll.
static void work_for(uint64_t ns)
{
    uint64_t end = rt_clock_now() + ns;
    while (rt_clock_now() < end) {
    }
}

static void run_on(GbWorker *worker, uint64_t operations)
{
    for (uint64_t i = 0; i < operations; i++) {
        work_for(POLL_NS);
        rt_poll(worker->t);
    }
}

static void stop_once(GbWorker *worker)
{
    uint64_t began = rt_clock_now();
    rt_world_stop(worker->t);
    uint64_t stopped = rt_clock_now();
    rt_world_start(worker->t);
    gb_record_reply(&worker->instance->replies, began, stopped);
}

static void run_safepoint(GbWorker *worker, uint64_t operations)
{
    if (worker->index != 0) {
        run_on(worker, operations);
        return;
    }
    for (uint64_t i = 0; i < operations; i++) {
        stop_once(worker);
        run_on(worker, REST_NS / POLL_NS);
    }
}

const GbKernel gb_kernel_safepoint = {.name = "safepoint", .run = run_safepoint};
