// crossing.h: the dicts of crossing_dict and crossing_map: one that all share, one each.
#ifndef GB_KERNELS_CROSSING_H
#define GB_KERNELS_CROSSING_H

#include "kernel.h"

bool gb_crossing_prepare_dict(GbInstance *instance, RtThread *t);
void gb_crossing_finish_dict(GbInstance *instance, RtThread *t);
bool gb_crossing_enter_dict(GbWorker *worker);

// The shared object in `share` percent of the calls, else the worker's own.
static inline RtObject *gb_choose(GbWorker *worker)
{
    return gb_next_draw(worker) ? worker->instance->shared : worker->own;
}

// A get, or in one of four draws a set, at a random key.
static inline void gb_crossing_dict_step(RtThread *t, RtObject *dict, RtObject *const *keys,
                                         uint64_t draw)
{
    RtObject *key = keys[(draw >> 8) % GB_KEYS];
    if (draw & 3) {
        rt_decref(t, rt_dict_get(t, dict, key));
        return;
    }
    RtObject *value = rt_int_new(t, 1000 + (int64_t)(draw >> 40));
    rt_dict_set(t, dict, key, value);
    rt_decref(t, value);
}

#endif
