// weights.c: how much memory do objects take, and does it come back?
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

// ---- object_memory: many objects of one kind, alive at once
//
//   int, float   a new one each         str        eight bytes, each another
//   tuple, list  two items              dict       five keys that all dicts share
//   instance     three attributes
//
// Items and values are None: what they would weigh is asked for by itself.

#define DICT_KEYS   5
#define ATTRIBUTES  3
#define FIRST_VALUE 1000 // above the cached ints

static RtObject *name_of(RtThread *t, int which)
{
    char text[] = {'k', (char)('0' + which)};
    return rt_str_intern(t, text, sizeof text);
}

static RtObject *new_str(RtThread *t, uint64_t which)
{
    char text[8];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + (which >> (4 * i)) % 16);
    return rt_str_new(t, text, sizeof text);
}

static RtObject *new_tuple(RtThread *t)
{
    RtObject *tuple = rt_tuple_new(t, 2);
    for (size_t i = 0; tuple != NULL && i < 2; i++)
        rt_tuple_set_steal(tuple, i, rt_none());
    return tuple;
}

static RtObject *new_list(RtThread *t)
{
    RtObject *list = rt_list_new(t, 2);
    for (size_t i = 0; list != NULL && i < 2; i++)
        RT_CHECK(rt_list_append(t, list, rt_none()), "a list with room took no item");
    return list;
}

static RtObject *new_dict(RtThread *t)
{
    RtObject *dict = rt_dict_new(t);
    for (int i = 0; dict != NULL && i < DICT_KEYS; i++)
        RT_CHECK(rt_dict_set(t, dict, name_of(t, i), rt_none()), "no memory for a dict");
    return dict;
}

static RtObject *new_instance(RtThread *t)
{
    RtObject *instance = rt_instance_new(t);
    for (int i = 0; instance != NULL && i < ATTRIBUTES; i++)
        RT_CHECK(rt_instance_set(t, instance, name_of(t, i), rt_none()),
                 "no memory for an attribute");
    return instance;
}

static RtObject *new_object(RtThread *t, unsigned kind, uint64_t which)
{
    switch (kind) {
    case GB_KIND_INT:
        return rt_int_new(t, (int64_t)(FIRST_VALUE + which));
    case GB_KIND_FLOAT:
        return rt_float_new(t, (double)which);
    case GB_KIND_STR:
        return new_str(t, which);
    case GB_KIND_TUPLE:
        return new_tuple(t);
    case GB_KIND_LIST:
        return new_list(t);
    case GB_KIND_DICT:
        return new_dict(t);
    default:
        return new_instance(t);
    }
}

// The objects are found through a table outside the runtime, touched before anything is
// weighed.
static bool enter_weights(GbWorker *worker)
{
    size_t size = worker->instance->setup.params[GB_OBJECTS] * sizeof(RtObject *);
    worker->work = malloc(size);
    if (worker->work != NULL) memset(worker->work, 1, size);
    rt_gc_disable(worker->t); // nothing here is garbage, and looking takes memory, too
    return worker->work != NULL;
}

// Operations beyond the table's size make none.
static void run_weights(GbWorker *worker, uint64_t operations)
{
    RtObject **table = (RtObject **)worker->work;
    const unsigned *params = worker->instance->setup.params;
    for (uint64_t i = 0; i < operations && worker->done < params[GB_OBJECTS]; i++) {
        table[worker->done] = new_object(worker->t, params[GB_KIND], worker->done);
        RT_CHECK(table[worker->done] != NULL, "no memory for an object");
        worker->done++;
        rt_poll(worker->t);
    }
}

static void leave_weights(GbWorker *worker)
{
    RtObject **table = (RtObject **)worker->work;
    for (uint64_t i = 0; i < worker->done; i++)
        rt_decref(worker->t, table[i]);
    free(table);
}

// ---- churn: threads come, make objects of all kinds, drop them and go
//
// Of each thread's objects a few hundred are alive at a time, some are freed by the thread that
// started it, and some are cycles, which it leaves behind.

#define OBJECTS  10000 // that a thread makes
#define KEPT     300
#define CYCLES   20
#define WARM_UPS 20 // threads before memory is looked at for the first time

static void replace(RtThread *t, RtObject **slot, RtObject *object)
{
    RT_CHECK(object != NULL, "no memory for an object");
    rt_decref_null(t, *slot);
    *slot = object;
}

static void make_cycle(RtThread *t)
{
    RtObject *list = rt_list_new(t, 1);
    RT_CHECK(list != NULL && rt_list_append(t, list, list), "no memory for a cycle");
    rt_decref(t, list);
}

// A life of one thread. `legacy` is a list of its starter's.
static void live(RtThread *t, void *legacy)
{
    RtObject *kept[KEPT] = {NULL};
    for (uint64_t i = 0; i < OBJECTS - CYCLES; i++) {
        replace(t, &kept[i * 7 % KEPT],
                new_object(t, (unsigned)(i % (GB_KIND_INSTANCE + 1)), i));
        if (i % (OBJECTS / CYCLES) == 0) make_cycle(t);
        rt_poll(t);
    }
    for (size_t i = 0; i < KEPT; i++) {
        bool left = i % 10 != 0 || rt_list_append(t, (RtObject *)legacy, kept[i]);
        RT_CHECK(left, "no memory for what a thread leaves");
        rt_decref(t, kept[i]);
    }
}

static void start_and_bury(GbWorker *worker)
{
    RtThread *t = worker->t;
    RtThreadHandle *thread = rt_thread_start(t, live, worker->own);
    RT_CHECK(thread != NULL, "no thread to be had");
    rt_thread_join(t, thread);
    rt_list_clear(t, worker->own);
    rt_poll(t);
}

static void run_churn(GbWorker *worker, uint64_t operations)
{
    for (uint64_t i = 0; i < operations; i++)
        start_and_bury(worker);
}

static bool enter_churn(GbWorker *worker)
{
    if (!gb_enter_own_list(worker)) return false;
    run_churn(worker, WARM_UPS);
    return rt_gc_collect(worker->t, 2) >= 0;
}

static void leave_churn(GbWorker *worker)
{
    rt_decref(worker->t, worker->own);
    rt_gc_collect(worker->t, 2);
}

static void finish_churn(GbInstance *instance, RtThread *t)
{
    (void)instance;
    rt_gc_collect(t, 2);
}

const GbKernel gb_kernel_object_memory = {.name = "object_memory",
                                          .enter = enter_weights,
                                          .run = run_weights,
                                          .leave = leave_weights};
const GbKernel gb_kernel_churn = {.name = "churn",
                                  .enter = enter_churn,
                                  .run = run_churn,
                                  .leave = leave_churn,
                                  .finish = finish_churn};
