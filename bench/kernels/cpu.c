// cpu.c: how does private work scale: counting, lists, dicts that no other thread touches?
#include "kernel.h"

// ---- counting: i = i + 1, each value a new object

void gb_run_count(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    RtObject *one = rt_int_new(t, 1); // immortal, nothing to drop
    for (uint64_t i = 0; i < operations; i++) {
        gb_count_step(t, &worker->value, one);
        rt_poll(t);
    }
}

// The same without allocating: back and forth among the cached ints.
void gb_run_small(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    RtObject *value = rt_int_new(t, 0);
    RtObject *step = rt_int_new(t, 1);
    RtObject *back = rt_int_new(t, -1);
    for (uint64_t i = 0; i < operations; i++) {
        gb_count_step(t, &value, (i & 128) ? back : step);
        rt_poll(t);
    }
    rt_decref(t, value);
}

// ---- a list: append, read, replace, pop

static bool new_list(GbWorker *worker)
{
    worker->own = gb_new_filled_list(worker->t);
    return worker->own != NULL && gb_enter_counter(worker);
}

static void drop_both(GbWorker *worker)
{
    rt_decref_null(worker->t, worker->own);
    rt_decref_null(worker->t, worker->value);
}

static inline void list_step(RtThread *t, RtObject *list, RtObject *value, size_t index)
{
    rt_list_append(t, list, value);
    RtObject *item = rt_list_get(t, list, index);
    rt_list_set(t, list, GB_KEYS - 1 - index, item);
    rt_decref(t, item);
    rt_decref(t, rt_list_pop(t, list));
}

static void run_list(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    for (uint64_t i = 0; i < operations; i++) {
        list_step(t, worker->own, worker->value, (size_t)(worker->position++ % GB_KEYS));
        rt_poll(t);
    }
}

// ---- a dict: read one key, replace another, delete and enter a third

// The keys are the worker's own, too: deleting and entering one counts references to it, and
// a key in two workers' dicts would be shared work in a cell that has none.
bool gb_enter_own_dict(GbWorker *worker)
{
    if (!gb_make_keys(worker->keys, worker->t)) return false;
    worker->own = gb_new_filled_dict(worker->keys, worker->t);
    return worker->own != NULL && gb_enter_counter(worker);
}

void gb_leave_own_dict(GbWorker *worker)
{
    drop_both(worker);
    gb_drop_keys(worker->keys, worker->t);
}

static inline void dict_step(RtThread *t, RtObject *dict, RtObject *const *keys, size_t index,
                             RtObject *value)
{
    RtObject *item = rt_dict_get(t, dict, keys[index]);
    rt_dict_set(t, dict, keys[GB_KEYS - 1 - index], value);
    rt_decref(t, item);
    RtObject *moved = keys[(index + GB_KEYS / 2) % GB_KEYS];
    rt_dict_delete(t, dict, moved);
    rt_dict_set(t, dict, moved, value);
}

static void run_dict(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    for (uint64_t i = 0; i < operations; i++) {
        dict_step(t, worker->own, worker->keys, (size_t)(worker->position++ % GB_KEYS),
                  worker->value);
        rt_poll(t);
    }
}

const GbKernel gb_kernel_count_int = {.name = "count_int",
                                      .enter = gb_enter_counter,
                                      .run = gb_run_count,
                                      .leave = gb_leave_counter};
const GbKernel gb_kernel_count_small = {.name = "count_small", .run = gb_run_small};
const GbKernel gb_kernel_list_private = {
    .name = "list_private", .enter = new_list, .run = run_list, .leave = drop_both};
const GbKernel gb_kernel_dict_private = {.name = "dict_private",
                                         .enter = gb_enter_own_dict,
                                         .run = run_dict,
                                         .leave = gb_leave_own_dict};
