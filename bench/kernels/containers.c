// containers.c: filled dicts and lists for the kernels that use them.
#include "kernel.h"

// Ints above the cached ones, made by the creating thread, as constants of a program would be.
bool gb_make_keys(GbInstance *instance, RtThread *t)
{
    for (int i = 0; i < GB_KEYS; i++) {
        instance->keys[i] = rt_int_new(t, 1000 + 7 * i);
        if (instance->keys[i] == NULL) return false;
    }
    return true;
}

void gb_drop_keys(GbInstance *instance, RtThread *t)
{
    for (int i = 0; i < GB_KEYS; i++)
        rt_decref_null(t, instance->keys[i]);
}

RtObject *gb_new_filled_dict(GbInstance *instance, RtThread *t)
{
    RtObject *dict = rt_dict_new(t);
    for (int i = 0; dict != NULL && i < GB_KEYS; i++) {
        RtObject *value = rt_int_new(t, 100000 + i);
        bool done = value != NULL && rt_dict_set(t, dict, instance->keys[i], value);
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
