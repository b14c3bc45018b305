// contention.c: who waits for the GIL, how long, and what is lost where it changes hands?
#include "kernel.h"
#include "platform/platform.h"

#define SLEEP_NS 1000000ull

// ---- reacquire: how late is a sleeper, beside threads that count?

// Sleeps a millisecond and records by how much it was more.
static void sleep_once(GbWorker *worker)
{
    uint64_t due = rt_clock_now() + SLEEP_NS;
    rt_blocking_sleep(worker->t, SLEEP_NS);
    gb_record_reply(&worker->instance->replies, due, rt_clock_now());
}

static void run_sleeper(GbWorker *worker, uint64_t operations)
{
    for (uint64_t i = 0; i < operations; i++) {
        sleep_once(worker);
        rt_poll(worker->t);
    }
}

static void run_reacquire(GbWorker *worker, uint64_t operations)
{
    if (worker->index == 0)
        run_sleeper(worker, operations);
    else
        gb_run_small(worker, operations);
}

// ---- long_calls: the same beside calls that do not poll, as calls into C do not

#define STEPS_A_LOOK 64 // at the clock, which takes as long as some of them

static void call_for(GbWorker *worker, uint64_t ns)
{
    RtObject *one = rt_int_new(worker->t, 1);
    uint64_t end = rt_clock_now() + ns;
    do {
        for (unsigned i = 0; i < STEPS_A_LOOK; i++)
            gb_count_step(worker->t, &worker->value, one);
    } while (rt_clock_now() < end);
}

static void run_calls(GbWorker *worker, uint64_t operations)
{
    uint64_t ns = worker->instance->setup.params[GB_CALL] * 1000ull;
    for (uint64_t i = 0; i < operations; i++) {
        call_for(worker, ns);
        rt_poll(worker->t);
    }
}

static void run_long(GbWorker *worker, uint64_t operations)
{
    if (worker->index == 0)
        run_sleeper(worker, operations);
    else
        run_calls(worker, operations);
}

// ---- gil_time: whose is the time, among workers that compute and workers that wait?

#define STEPS_A_WAKE 500 // of counting between two sleeps: some microseconds

static void run_io_bound(GbWorker *worker, uint64_t operations)
{
    for (uint64_t i = 0; i < operations; i++) {
        rt_blocking_sleep(worker->t, SLEEP_NS);
        gb_run_count(worker, STEPS_A_WAKE);
    }
}

static void run_time(GbWorker *worker, uint64_t operations)
{
    if (worker->index < worker->instance->setup.params[GB_IO])
        run_io_bound(worker, operations);
    else
        gb_run_count(worker, operations);
}

// ---- lost_update: do increments of one attribute get lost, by where the loop polls?

// Its name, immortal: there is no reference to drop.
static RtObject *attribute(RtThread *t)
{
    return rt_str_intern(t, "v", 1);
}

// The instance that all increment.
static bool prepare_sum(GbInstance *instance, RtThread *t)
{
    instance->shared = rt_instance_new(t);
    RtObject *name = attribute(t);
    return instance->shared != NULL && name != NULL &&
           rt_instance_set(t, instance->shared, name, rt_int_new(t, 0));
}

// x.v += 1, with a call between the read and the write if `calls`: x.v = f(x.v).
static inline void increment(RtThread *t, RtObject *x, RtObject *v, RtObject *one, bool calls)
{
    RtObject *value = rt_instance_get(t, x, v);
    if (calls) rt_poll(t);
    gb_count_step(t, &value, one);
    rt_instance_set(t, x, v, value);
    rt_decref(t, value);
}

static void run_increments(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    RtObject *x = worker->instance->shared;
    RtObject *v = attribute(t);
    RtObject *one = rt_int_new(t, 1);
    bool calls = worker->instance->setup.params[GB_POLL] == GB_POLL_CALL;
    for (uint64_t i = 0; i < operations; i++) {
        increment(t, x, v, one, calls);
        rt_poll(t);
    }
    worker->done += operations;
}

static void leave_increments(GbWorker *worker)
{
    rt_atomic_add_relaxed(&worker->instance->done, worker->done);
}

static uint64_t count_lost(GbInstance *instance, RtThread *t)
{
    RtObject *value = rt_instance_get(t, instance->shared, attribute(t));
    uint64_t counted = (uint64_t)rt_int_value(value);
    rt_decref(t, value);
    return instance->done - counted;
}

const GbKernel gb_kernel_reacquire = {.name = "reacquire", .run = run_reacquire};
const GbKernel gb_kernel_long_calls = {.name = "long_calls",
                                       .enter = gb_enter_counter,
                                       .run = run_long,
                                       .leave = gb_leave_counter};
const GbKernel gb_kernel_gil_time = {
    .name = "gil_time", .enter = gb_enter_counter, .run = run_time, .leave = gb_leave_counter};
const GbKernel gb_kernel_lost_update = {.name = "lost_update",
                                        .prepare = prepare_sum,
                                        .run = run_increments,
                                        .leave = leave_increments,
                                        .lost = count_lost};
