// lock.c: what does a critical section on an object cost, alone and contended?
//
// The peer `pthread_mutex` (../peer.c) runs the same loop around a mutex.
#include "kernel.h"

#include "../guarded.h"

static bool new_own(GbWorker *worker)
{
    worker->own = rt_list_new(worker->t, 0);
    return worker->own != NULL;
}

static void drop_own(GbWorker *worker)
{
    rt_decref(worker->t, worker->own);
}

static bool new_shared(GbInstance *instance, RtThread *t)
{
    instance->shared = rt_list_new(t, 0);
    return instance->shared != NULL;
}

static inline void sections(RtThread *t, RtObject *object, uint64_t *guarded, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        RtSection section;
        rt_lock_object(t, &section, object);
        gb_guarded_work(guarded);
        rt_unlock_object(t, &section);
        rt_poll(t);
    }
}

static void run_private(GbWorker *worker, uint64_t operations)
{
    sections(worker->t, worker->own, &worker->guarded, operations);
}

static void run_shared(GbWorker *worker, uint64_t operations)
{
    sections(worker->t, worker->instance->shared, worker->instance->setup.page, operations);
}

const GbKernel gb_kernel_lock_private = {
    .name = "lock_private", .enter = new_own, .run = run_private, .leave = drop_own};
const GbKernel gb_kernel_lock_shared = {
    .name = "lock_shared", .prepare = new_shared, .run = run_shared};
