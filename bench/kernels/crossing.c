// crossing.c: from which share of operations on one shared object does the GIL win?
//
// Every operation is one get or set (three gets to one set) of a random place in a dict or a
// list: the worker's own, or, in `share` percent of operations, the one that all share. A set
// stores a new int, so references travel between threads as they do in programs.
#include "kernel.h"

// Exactly share percent of the pattern, in an order drawn per worker.
static void draw_pattern(GbWorker *worker)
{
    size_t shared = (size_t)worker->instance->setup.params[GB_SHARE] * GB_PATTERN / 100;
    for (size_t i = 0; i < GB_PATTERN; i++)
        worker->pattern[i] = i < shared;
    for (size_t i = GB_PATTERN - 1; i > 0; i--) {
        size_t j = (size_t)(gb_random(&worker->random) % (i + 1));
        bool swap = worker->pattern[i];
        worker->pattern[i] = worker->pattern[j];
        worker->pattern[j] = swap;
    }
}

static inline RtObject *choose(GbWorker *worker)
{
    worker->position = worker->position + 1 < GB_PATTERN ? worker->position + 1 : 0;
    return worker->pattern[worker->position] ? worker->instance->shared : worker->own;
}

// ---- dict

static bool prepare_dict(GbInstance *instance, RtThread *t)
{
    if (!gb_make_keys(instance->keys, t)) return false;
    instance->shared = gb_new_filled_dict(instance->keys, t);
    return instance->shared != NULL;
}

static void finish_dict(GbInstance *instance, RtThread *t)
{
    gb_drop_keys(instance->keys, t);
}

static bool enter_dict(GbWorker *worker)
{
    draw_pattern(worker);
    worker->own = gb_new_filled_dict(worker->instance->keys, worker->t);
    return worker->own != NULL;
}

static inline void dict_step(RtThread *t, RtObject *dict, RtObject *key, uint64_t draw)
{
    if (draw & 3) {
        rt_decref(t, rt_dict_get(t, dict, key));
        return;
    }
    RtObject *value = rt_int_new(t, 1000 + (int64_t)(draw >> 40));
    rt_dict_set(t, dict, key, value);
    rt_decref(t, value);
}

static void run_dict(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    for (uint64_t i = 0; i < operations; i++) {
        uint64_t draw = gb_random(&worker->random);
        RtObject *key = worker->instance->keys[(draw >> 8) % GB_KEYS];
        dict_step(t, choose(worker), key, draw);
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
    draw_pattern(worker);
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
        list_step(t, choose(worker), (size_t)((draw >> 8) % GB_KEYS), draw);
        rt_poll(t);
    }
}

const GbKernel gb_kernel_crossing_dict = {.name = "crossing_dict",
                                          .prepare = prepare_dict,
                                          .finish = finish_dict,
                                          .enter = enter_dict,
                                          .run = run_dict,
                                          .leave = gb_leave_own};
const GbKernel gb_kernel_crossing_list = {.name = "crossing_list",
                                          .prepare = prepare_list,
                                          .enter = enter_list,
                                          .run = run_list,
                                          .leave = gb_leave_own};
