// lock.c: what does a critical section on an object cost, alone and contended?
//
// The peer `pthread_mutex` (../peer.c) runs the same loop around a mutex.
#include "kernel.h"

#include "../guarded.h"

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

const GbKernel gb_kernel_lock_private = {.name = "lock_private",
                                         .enter = gb_enter_own_list,
                                         .run = run_private,
                                         .leave = gb_leave_own};
const GbKernel gb_kernel_lock_shared = {
    .name = "lock_shared", .prepare = gb_prepare_shared_list, .run = run_shared};
