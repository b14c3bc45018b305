// crossing.c: from which share of operations on one shared object does the GIL win?
//
// Every operation is one get or set (three gets to one set) of a random place in a dict or a
// list: the worker's own, or, in `share` percent of operations, the one that all share. A set
// stores a new int, so references travel between threads as they do in programs.
#include "crossing.h"

// ---- dict

bool gb_crossing_prepare_dict(GbInstance *instance, RtThread *t)
{
    if (!gb_make_keys(instance->keys, t)) return false;
    instance->shared = gb_new_filled_dict(instance->keys, t);
    return instance->shared != NULL;
}

// The steps replace values and enter nothing new.
void gb_crossing_finish_dict(GbInstance *instance, RtThread *t)
{
    if (instance->shared != NULL)
        RT_CHECK(rt_dict_size(t, instance->shared) == GB_KEYS,
                 "the shared dict has other keys");
    gb_drop_keys(instance->keys, t);
}

bool gb_crossing_enter_dict(GbWorker *worker)
{
    gb_draw_pattern(worker, worker->instance->setup.params[GB_SHARE]);
    worker->own = gb_new_filled_dict(worker->instance->keys, worker->t);
    return worker->own != NULL;
}

static void run_dict(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    for (uint64_t i = 0; i < operations; i++) {
        uint64_t draw = gb_random(&worker->random);
        RtObject *dict = gb_choose(worker);
        gb_crossing_dict_step(t, dict, worker->instance->keys, draw);
        rt_poll(t);
    }
}

// ---- list

static bool prepare_list(GbInstance *instance, RtThread *t)
{
    instance->shared = gb_new_filled_list(t);
    return instance->shared != NULL;
}

static bool enter_list(GbWorker *worker)
{
    gb_draw_pattern(worker, worker->instance->setup.params[GB_SHARE]);
    worker->own = gb_new_filled_list(worker->t);
    return worker->own != NULL;
}

static inline void list_step(RtThread *t, RtObject *list, size_t index, uint64_t draw)
{
    if (draw & 3) {
        rt_decref(t, rt_list_get(t, list, index));
        return;
    }
    RtObject *value = rt_int_new(t, 1000 + (int64_t)(draw >> 40));
    rt_list_set(t, list, index, value);
    rt_decref(t, value);
}

static void run_list(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    for (uint64_t i = 0; i < operations; i++) {
        uint64_t draw = gb_random(&worker->random);
        list_step(t, gb_choose(worker), (size_t)((draw >> 8) % GB_KEYS), draw);
        rt_poll(t);
    }
}

const GbKernel gb_kernel_crossing_dict = {.name = "crossing_dict",
                                          .prepare = gb_crossing_prepare_dict,
                                          .finish = gb_crossing_finish_dict,
                                          .enter = gb_crossing_enter_dict,
                                          .run = run_dict,
                                          .leave = gb_leave_own};
const GbKernel gb_kernel_crossing_list = {.name = "crossing_list",
                                          .prepare = prepare_list,
                                          .enter = enter_list,
                                          .run = run_list,
                                          .leave = gb_leave_own};
