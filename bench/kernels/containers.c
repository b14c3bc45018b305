// containers.c: the objects that several kernels work on: dicts, lists, a counter.
#include "kernel.h"

// Ints above the cached ones. Entering and deleting a key counts references to it.
bool gb_make_keys(RtObject **keys, RtThread *t)
{
    for (int i = 0; i < GB_KEYS; i++) {
        keys[i] = rt_int_new(t, 1000 + 7 * i);
        if (keys[i] == NULL) return false;
    }
    return true;
}

void gb_drop_keys(RtObject **keys, RtThread *t)
{
    for (int i = 0; i < GB_KEYS; i++)
        rt_decref_null(t, keys[i]);
}

RtObject *gb_new_filled_dict(RtObject *const *keys, RtThread *t)
{
    RtObject *dict = rt_dict_new(t);
    for (int i = 0; dict != NULL && i < GB_KEYS; i++) {
        RtObject *value = rt_int_new(t, 100000 + i);
        bool done = value != NULL && rt_dict_set(t, dict, keys[i], value);
        rt_decref_null(t, value);
        if (!done) {
            rt_decref(t, dict);
            return NULL;
        }
    }
    return dict;
}

RtObject *gb_new_filled_list(RtThread *t)
{
    RtObject *list = rt_list_new(t, GB_KEYS);
    for (int i = 0; list != NULL && i < GB_KEYS; i++) {
        RtObject *value = rt_int_new(t, 100000 + i);
        bool done = value != NULL && rt_list_append(t, list, value);
        rt_decref_null(t, value);
        if (!done) {
            rt_decref(t, list);
            return NULL;
        }
    }
    return list;
}

bool gb_enter_own_list(GbWorker *worker)
{
    worker->own = rt_list_new(worker->t, 0);
    return worker->own != NULL;
}

void gb_leave_own(GbWorker *worker)
{
    rt_decref_null(worker->t, worker->own);
}

bool gb_prepare_shared_list(GbInstance *instance, RtThread *t)
{
    instance->shared = rt_list_new(t, 0);
    return instance->shared != NULL;
}

bool gb_enter_counter(GbWorker *worker)
{
    worker->value = rt_int_new(worker->t, 1000);
    return worker->value != NULL;
}

void gb_leave_counter(GbWorker *worker)
{
    rt_decref_null(worker->t, worker->value);
}
