// work_mixed.c: what becomes of CPU work that IO interrupts, in set proportions?
//
// Of a worker's operations, `share` percent are a round trip of a byte through a pipe of its
// own: two blocking calls that never wait for anybody, but for the GIL afterwards. The others
// count to STEPS in boxed ints, which takes about as long.
#include "files.h"

#define STEPS 250

static bool open_pipes(GbInstance *instance, RtThread *t)
{
    (void)t;
    return gb_open_pipes(instance, instance->setup.threads);
}

static bool enter(GbWorker *worker)
{
    gb_draw_pattern(worker, worker->instance->setup.params[GB_SHARE]);
    return gb_enter_counter(worker);
}

static void go_through_pipe(RtThread *t, const int *ends, char byte)
{
    char back = (char)~byte;
    RT_CHECK(gb_send(t, ends[1], &byte, 1) && gb_receive(t, ends[0], &back, 1) && back == byte,
             "a byte did not come back through its pipe");
}

static void count(GbWorker *worker, RtObject *one)
{
    for (unsigned i = 0; i < STEPS; i++) {
        gb_count_step(worker->t, &worker->value, one);
        rt_poll(worker->t);
    }
}

static void run(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    const int *ends = &worker->instance->files[2 * worker->index];
    RtObject *one = rt_int_new(t, 1); // immortal, nothing to drop
    for (uint64_t i = 0; i < operations; i++) {
        if (gb_next_draw(worker))
            go_through_pipe(t, ends, (char)i);
        else
            count(worker, one);
        rt_poll(t);
    }
}

const GbKernel gb_kernel_mixed_work = {.name = "mixed_work",
                                       .prepare = open_pipes,
                                       .finish = gb_close_files,
                                       .enter = enter,
                                       .run = run,
                                       .leave = gb_leave_counter};
