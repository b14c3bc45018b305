// reads.c: what do readers of one container cost each other?
//
// The items are counted ones, of which each read takes and drops a reference, or immortal ones,
// of which nothing is counted. Each worker begins at a place of its own.
#include "kernel.h"

static RtObject *new_item(RtThread *t, const GbInstance *instance, int place)
{
    bool counted = instance->setup.params[GB_KIND] == GB_KIND_COUNTED;
    return counted ? rt_int_new(t, 100000 + place) : rt_int_new(t, place % 100);
}

// ---- read_dict

static bool fill_dict(GbInstance *instance, RtThread *t)
{
    for (int i = 0; i < GB_KEYS; i++) {
        RtObject *item = new_item(t, instance, i);
        bool set = item != NULL && rt_dict_set(t, instance->shared, instance->keys[i], item);
        rt_decref_null(t, item);
        if (!set) return false;
    }
    return true;
}

static bool prepare_dict(GbInstance *instance, RtThread *t)
{
    instance->shared = rt_dict_new(t);
    return instance->shared != NULL && gb_make_keys(instance->keys, t) &&
           fill_dict(instance, t);
}

static void drop_keys(GbInstance *instance, RtThread *t)
{
    gb_drop_keys(instance->keys, t);
}

static uint64_t first_place(const GbWorker *worker)
{
    return (uint64_t)worker->index * GB_KEYS / worker->instance->setup.threads;
}

static bool enter_reader(GbWorker *worker)
{
    worker->position = first_place(worker);
    return true;
}

static void read_dict(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    const GbInstance *instance = worker->instance;
    for (uint64_t i = 0; i < operations; i++) {
        RtObject *key = instance->keys[worker->position++ % GB_KEYS];
        rt_decref(t, rt_dict_get(t, instance->shared, key));
        rt_poll(t);
    }
}

// ---- read_list

static bool prepare_list(GbInstance *instance, RtThread *t)
{
    instance->shared = rt_list_new(t, GB_KEYS);
    for (int i = 0; instance->shared != NULL && i < GB_KEYS; i++) {
        RtObject *item = new_item(t, instance, i);
        bool added = item != NULL && rt_list_append(t, instance->shared, item);
        rt_decref_null(t, item);
        if (!added) return false;
    }
    return instance->shared != NULL;
}

static void read_list(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    RtObject *list = worker->instance->shared;
    for (uint64_t i = 0; i < operations; i++) {
        rt_decref(t, rt_list_get(t, list, (size_t)(worker->position++ % GB_KEYS)));
        rt_poll(t);
    }
}

const GbKernel gb_kernel_read_dict = {.name = "read_dict",
                                      .prepare = prepare_dict,
                                      .finish = drop_keys,
                                      .enter = enter_reader,
                                      .run = read_dict};
const GbKernel gb_kernel_read_list = {
    .name = "read_list", .prepare = prepare_list, .enter = enter_reader, .run = read_list};
