// work.c: inputs and outputs by sharing, and whether the work was done.
#include "work.h"

static unsigned sharing_of(const GbInstance *instance)
{
    return instance->setup.params[GB_SHARING];
}

static bool shares_output(const GbInstance *instance)
{
    return sharing_of(instance) == GB_SHARING_DISJOINT ||
           sharing_of(instance) == GB_SHARING_CONTENDED;
}

bool gb_work_prepare(GbInstance *instance, RtThread *t)
{
    const GbWorkload *workload = instance->kernel->workload;
    unsigned parts = sharing_of(instance) == GB_SHARING_DISJOINT ? instance->setup.threads : 1;
    if (sharing_of(instance) == GB_SHARING_READ) {
        instance->input = workload->new_input(t, 0);
        return instance->input != NULL;
    }
    if (!shares_output(instance)) return true;
    instance->shared = workload->new_output(t, parts);
    return instance->shared != NULL;
}

void gb_work_finish(GbInstance *instance, RtThread *t)
{
    const GbWorkload *workload = instance->kernel->workload;
    if (instance->shared != NULL && workload->adds_up != NULL)
        RT_CHECK(
            workload->adds_up(t, instance->shared, rt_atomic_load_relaxed(&instance->done)),
            "a workload's shared output does not add up");
    rt_decref_null(t, instance->input);
}

bool gb_work_enter(GbWorker *worker)
{
    GbInstance *instance = worker->instance;
    const GbWorkload *workload = instance->kernel->workload;
    RtThread *t = worker->t;
    worker->part = sharing_of(instance) == GB_SHARING_DISJOINT ? worker->index : 0;
    worker->input = instance->input != NULL ? rt_new_ref(t, instance->input)
                                            : workload->new_input(t, worker->part);
    worker->own =
        instance->shared != NULL ? rt_new_ref(t, instance->shared) : workload->new_output(t, 1);
    return worker->input != NULL && worker->own != NULL;
}

void gb_work_leave(GbWorker *worker)
{
    GbInstance *instance = worker->instance;
    const GbWorkload *workload = instance->kernel->workload;
    RtThread *t = worker->t;
    if (workload->is_right != NULL && worker->done > 0)
        RT_CHECK(workload->is_right(worker), "a workload's result is wrong");
    if (workload->adds_up != NULL && instance->shared == NULL)
        RT_CHECK(workload->adds_up(t, worker->own, worker->done),
                 "a workload's output does not add up");
    rt_atomic_add_relaxed(&instance->done, worker->done);
    rt_decref(t, worker->input);
    rt_decref(t, worker->own);
}
