// collector.c: how long do collections take, by what they find?
//
// Nothing is collected but by the calls that are timed. Worker 0 collects; other workers, if
// there are any, have their part of the containers and count, polling at every step, until the
// collector stops them.
#include <stdlib.h>

#include "graph.h"
#include "platform/platform.h"

#define OLDEST 2
#define YOUNG  700 // containers in a young collection, as CPython's threshold has it

// A worker's part: what stays, and what is made anew to be garbage.
typedef struct Part {
    GbGraph *live;
    GbGraph *garbage;
} Part;

static Part *part_of(GbWorker *worker)
{
    return (Part *)worker->work;
}

static bool new_part(GbWorker *worker, size_t live, size_t garbage)
{
    const GbSetup *setup = &worker->instance->setup;
    Part *part = calloc(1, sizeof *part);
    worker->work = part;
    if (part == NULL) return false;
    part->live = gb_graph_new(live, setup->params[GB_ORDER], setup->seed);
    part->garbage = gb_graph_new(garbage, setup->params[GB_ORDER], setup->seed);
    if (part->live == NULL || part->garbage == NULL) return false;
    rt_gc_disable(worker->t);
    worker->own = gb_graph_make(worker->t, part->live);
    return worker->own != NULL || live == 0;
}

// What was live is garbage of the last collection.
static void leave_part(GbWorker *worker)
{
    rt_decref_null(worker->t, worker->own);
    rt_gc_collect(worker->t, OLDEST);
    gb_graph_delete(part_of(worker)->live);
    gb_graph_delete(part_of(worker)->garbage);
    free(worker->work);
}

static void finish_parts(GbInstance *instance, RtThread *t)
{
    (void)instance;
    rt_gc_collect(t, OLDEST);
}

// Collects and notes how long it took. All that can be found must be.
static void collect(GbWorker *worker, int generation, size_t garbage)
{
    uint64_t began = rt_clock_now();
    int64_t found = rt_gc_collect(worker->t, generation);
    gb_record_reply(&worker->instance->replies, began, rt_clock_now());
    RT_CHECK(found == (int64_t)garbage, "a collection found too little or too much");
}

// The worker's part of the case's containers.
static size_t containers_of(const GbWorker *worker)
{
    const GbSetup *setup = &worker->instance->setup;
    return setup->params[GB_OBJECTS] / setup->threads;
}

// ---- gc_live: all containers live, the oldest generation collected again and again

static bool enter_live(GbWorker *worker)
{
    return new_part(worker, containers_of(worker), 0);
}

static void run_live(GbWorker *worker, uint64_t operations)
{
    if (worker->index != 0) {
        gb_run_small(worker, operations);
        return;
    }
    for (uint64_t i = 0; i < operations; i++) {
        collect(worker, OLDEST, 0);
        rt_poll(worker->t);
    }
}

// ---- gc_garbage: a share of them garbage, made anew before every collection

static bool enter_garbage(GbWorker *worker)
{
    const GbSetup *setup = &worker->instance->setup;
    size_t all = setup->params[GB_OBJECTS];
    size_t garbage = all * setup->params[GB_SHARE] / 100;
    if (worker->index != 0) return new_part(worker, 0, 0);
    return new_part(worker, all - garbage, garbage);
}

static void make_and_collect(GbWorker *worker, int generation)
{
    GbGraph *garbage = part_of(worker)->garbage;
    RtObject *ring = gb_graph_make(worker->t, garbage);
    RT_CHECK(ring != NULL, "no memory for garbage");
    rt_decref(worker->t, ring);
    collect(worker, generation, garbage->count);
    rt_poll(worker->t);
}

static void run_garbage(GbWorker *worker, uint64_t operations)
{
    if (worker->index != 0) {
        gb_run_small(worker, operations);
        return;
    }
    for (uint64_t i = 0; i < operations; i++)
        make_and_collect(worker, OLDEST);
}

// ---- gc_young: young garbage beside old containers, which must not be looked at

static bool make_old(GbWorker *worker, size_t count)
{
    RtThread *t = worker->t;
    worker->own = rt_list_new(t, count);
    for (size_t i = 0; worker->own != NULL && i < count; i++) {
        RtObject *old = rt_list_new(t, 0);
        bool kept = old != NULL && rt_list_append(t, worker->own, old);
        rt_decref_null(t, old);
        if (!kept) return false;
    }
    return worker->own != NULL;
}

static bool enter_young(GbWorker *worker)
{
    if (!new_part(worker, 0, worker->index == 0 ? YOUNG : 0)) return false;
    if (!make_old(worker, containers_of(worker))) return false;
    return rt_gc_collect(worker->t, OLDEST) == 0;
}

static void run_young(GbWorker *worker, uint64_t operations)
{
    if (worker->index != 0) {
        gb_run_small(worker, operations);
        return;
    }
    for (uint64_t i = 0; i < operations; i++)
        make_and_collect(worker, 0);
}

// ---- gc_cycles: everybody makes cyclic garbage; the collector comes when it thinks fit

static RtObject *new_list_of(RtThread *t, RtObject *item)
{
    RtObject *list = rt_list_new(t, 1);
    RT_CHECK(list != NULL && rt_list_append(t, list, item), "no memory for a list");
    return list;
}

static void run_cycles(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    for (uint64_t i = 0; i < operations; i++) {
        RtObject *one = rt_list_new(t, 1);
        RtObject *other = new_list_of(t, one);
        RT_CHECK(rt_list_append(t, one, other), "no memory for a cycle");
        rt_decref(t, one);
        rt_decref(t, other);
        rt_poll(t);
    }
}

#define PART_KERNEL(which)                                                                     \
    const GbKernel gb_kernel_gc_##which = {.name = "gc_" #which,                               \
                                           .finish = finish_parts,                             \
                                           .enter = enter_##which,                             \
                                           .run = run_##which,                                 \
                                           .leave = leave_part}

PART_KERNEL(live);
PART_KERNEL(garbage);
PART_KERNEL(young);
const GbKernel gb_kernel_gc_cycles = {
    .name = "gc_cycles", .finish = finish_parts, .run = run_cycles};
