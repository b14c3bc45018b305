// gc.c: the module gc: the collector's functions (include/rt.h), as CPython names them.
#include <string.h>

#include "modules/modules.h"

static bool is_generation(RtThread *t, int64_t generation)
{
    if (generation >= 0 && generation <= 2) return true;
    rt_error_set(t, RT_ERROR_VALUE, "invalid generation");
    return false;
}

static RtObject *tuple_of(RtThread *t, const uint32_t numbers[3])
{
    RtObject *tuple = rt_tuple_new(t, 3);
    for (size_t i = 0; tuple != NULL && i < 3; i++)
        rt_tuple_set_steal(tuple, i, rt_int_new(t, numbers[i]));
    return tuple;
}

// ------------------------------------------------------------------ collecting

NATIVE(gc_collect)
{
    static const char *const names[] = {"generation", NULL};
    RtObject *values[1];
    int64_t generation = 2;
    if (!rt__arguments(t, "collect", args, count, kwnames, names, values) ||
        (values[0] != NULL && !rt__as_int(t, values[0], &generation)) ||
        !is_generation(t, generation))
        return NULL;
    int64_t found = rt_gc_collect(t, (int)generation);
    return found < 0 ? NULL : rt_int_new(t, found);
}

NATIVE(gc_enable)
{
    rt_gc_enable(t);
    return rt_none();
}

NATIVE(gc_disable)
{
    rt_gc_disable(t);
    return rt_none();
}

NATIVE(gc_isenabled)
{
    return rt_bool(rt_gc_is_enabled(t));
}

NATIVE(gc_get_threshold)
{
    uint32_t thresholds[3];
    rt_gc_get_threshold(t, thresholds);
    return tuple_of(t, thresholds);
}

// Those that are not given stay as they are.
NATIVE(gc_set_threshold)
{
    uint32_t thresholds[3];
    rt_gc_get_threshold(t, thresholds);
    for (size_t i = 0; i < count; i++) {
        int64_t value;
        if (!rt__as_int(t, args[i], &value)) return NULL;
        thresholds[i] = value < 0           ? 0
                        : value > INT32_MAX ? (uint32_t)INT32_MAX
                                            : (uint32_t)value;
    }
    rt_gc_set_threshold(t, thresholds);
    return rt_none();
}

NATIVE(gc_get_count)
{
    uint32_t counts[3];
    rt_gc_get_count(t, counts);
    return tuple_of(t, counts);
}

NATIVE(gc_freeze)
{
    rt_gc_freeze(t);
    return rt_none();
}

NATIVE(gc_unfreeze)
{
    rt_gc_unfreeze(t);
    return rt_none();
}

NATIVE(gc_get_freeze_count)
{
    return rt_int_new(t, (int64_t)rt_gc_freeze_count(t));
}

// ------------------------------------------------------------------ statistics

static bool set_number(RtThread *t, RtObject *dict, const char *name, uint64_t value)
{
    RtObject *key = rt_str_intern(t, name, strlen(name));
    RtObject *number = rt_int_new(t, (int64_t)value);
    bool done = key != NULL && number != NULL && rt_dict_set(t, dict, key, number);
    rt_decref_null(t, number);
    return done;
}

// Nothing is uncollectable here, as in CPython since 3.4.
static RtObject *dict_of(RtThread *t, const RtGcStats *stats)
{
    RtObject *dict = rt_dict_new(t);
    if (dict != NULL && set_number(t, dict, "collections", stats->collections) &&
        set_number(t, dict, "collected", stats->collected) &&
        set_number(t, dict, "uncollectable", 0))
        return dict;
    rt_decref_null(t, dict);
    return NULL;
}

NATIVE(gc_get_stats)
{
    RtGcStats stats[3];
    rt_gc_get_stats(t, stats);
    RtObject *list = rt_list_new(t, 3);
    bool good = list != NULL;
    for (size_t i = 0; good && i < 3; i++) {
        RtObject *dict = dict_of(t, &stats[i]);
        good = dict != NULL && rt_list_append(t, list, dict);
        rt_decref_null(t, dict);
    }
    if (good) return list;
    rt_decref_null(t, list);
    return NULL;
}

// ------------------------------------------------------------------ objects

NATIVE(gc_get_objects)
{
    static const char *const names[] = {"generation", NULL};
    RtObject *values[1];
    int64_t generation = -1;
    if (!rt__arguments(t, "get_objects", args, count, kwnames, names, values)) return NULL;
    if (values[0] != NULL && values[0] != rt_none() &&
        (!rt__as_int(t, values[0], &generation) || !is_generation(t, generation)))
        return NULL;
    return rt_gc_get_objects(t, (int)generation);
}

// Of several objects: an object that refers to two of them is there twice.
NATIVE(gc_get_referrers)
{
    RtObject *all = rt_list_new(t, 0);
    bool good = all != NULL;
    for (size_t i = 0; good && i < count; i++) {
        RtObject *some = rt_gc_get_referrers(t, args[i]);
        good = some != NULL && rt_list_extend(t, all, some);
        rt_decref_null(t, some);
    }
    if (good) return all;
    rt_decref_null(t, all);
    return NULL;
}

NATIVE(gc_is_tracked)
{
    return rt_bool(rt_gc_is_tracked(args[0]));
}

NATIVE(gc_is_finalized)
{
    return rt_bool((rt__object_flags(args[0]) & RT_FLAG_FINALIZED) != 0);
}

static const RtBuiltin functions[] = {
    RT_FUNCTION_KW("gc.collect", gc_collect, 0, 1),
    RT_FUNCTION("gc.enable", gc_enable, 0, 0),
    RT_FUNCTION("gc.disable", gc_disable, 0, 0),
    RT_FUNCTION("gc.isenabled", gc_isenabled, 0, 0),
    RT_FUNCTION("gc.get_threshold", gc_get_threshold, 0, 0),
    RT_FUNCTION("gc.set_threshold", gc_set_threshold, 1, 3),
    RT_FUNCTION("gc.get_count", gc_get_count, 0, 0),
    RT_FUNCTION("gc.freeze", gc_freeze, 0, 0),
    RT_FUNCTION("gc.unfreeze", gc_unfreeze, 0, 0),
    RT_FUNCTION("gc.get_freeze_count", gc_get_freeze_count, 0, 0),
    RT_FUNCTION("gc.get_stats", gc_get_stats, 0, 0),
    RT_FUNCTION_KW("gc.get_objects", gc_get_objects, 0, 1),
    RT_FUNCTION("gc.get_referrers", gc_get_referrers, 0, RT_ANY_COUNT),
    RT_FUNCTION("gc.is_tracked", gc_is_tracked, 1, 1),
    RT_FUNCTION("gc.is_finalized", gc_is_finalized, 1, 1),
    RT_BUILTIN_END,
};

bool rt__gc_fill(RtThread *t, RtObject *module)
{
    return rt__module_add_builtins(t, module, functions) &&
           rt__module_set_steal(t, module, "garbage", rt_list_new(t, 0));
}
