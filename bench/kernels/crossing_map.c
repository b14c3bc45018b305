// crossing_map.c: where does the GIL win, by the share of work on one object and by the length
// of the critical sections on it?
//
// An operation is one critical section on a dict, of `section` steps: gets and sets as in
// crossing_dict. Under a GIL a section is free, for nothing in it polls: that is what makes it
// one there. So the poll comes after it, in every variant.
#include "crossing.h"

static inline void run_section(GbWorker *worker, RtObject *dict, unsigned steps)
{
    RtThread *t = worker->t;
    RtSection section;
    rt_lock_object(t, &section, dict);
    for (unsigned i = 0; i < steps; i++)
        gb_crossing_dict_step(t, dict, worker->instance->keys, gb_random(&worker->random));
    rt_unlock_object(t, &section);
}

static void run_map(GbWorker *worker, uint64_t operations)
{
    unsigned steps = worker->instance->setup.params[GB_SECTION];
    for (uint64_t i = 0; i < operations; i++) {
        run_section(worker, gb_choose(worker), steps);
        rt_poll(worker->t);
    }
}

const GbKernel gb_kernel_crossing_map = {.name = "crossing_map",
                                         .prepare = gb_crossing_prepare_dict,
                                         .finish = gb_crossing_finish_dict,
                                         .enter = gb_crossing_enter_dict,
                                         .run = run_map,
                                         .leave = gb_leave_own};
