// steps_threads.c: threads that cannot start, or find no memory; and calls that block.
//
// No two threads make calls at once, so a number always means the same call.
#include <errno.h>
#include <string.h>

#include "faults.h"

#define CHAIN 20

// What a worker is told, and what it tells.
typedef struct Errand {
    RtObject *list;         // the worker fills it; or NULL
    _Atomic uint32_t ready; // 1: its part is done, and it polls until `released`
    _Atomic uint32_t released;
    bool failed;
} Errand;

// The error that a worker has met is its starter's.
static bool told(RtThread *t, const Errand *errand)
{
    if (errand->failed) rt_error_set(t, RT_ERROR_MEMORY, "a worker found no memory");
    return !errand->failed;
}

static void fail_errand(RtThread *t, Errand *errand)
{
    FAULTS_REQUIRE(rt_error_kind(t) == RT_ERROR_MEMORY, "a worker met another error");
    rt_error_clear(t);
    errand->failed = true;
}

static bool run_errand(RtThread *t, RtThreadMain main, Errand *errand)
{
    RtThreadHandle *handle = rt_thread_start(t, main, errand);
    if (handle == NULL) return false;
    rt_thread_join(t, handle);
    return told(t, errand);
}

// ------------------------------------------------------------------ starting and leaving

// Leaves a chain of lists, which another thread drops when this one has gone.
static void fill(RtThread *t, void *argument)
{
    Errand *errand = argument;
    RtObject *last = errand->list;
    for (unsigned i = 0; i < CHAIN && last != NULL; i++)
        last = faults_append_list(t, last);
    if (last == NULL) fail_errand(t, errand);
}

static bool start_and_join(Scene *scene)
{
    RtThread *t = scene->t;
    Errand errand = {.list = rt_list_new(t, 0)};
    bool done = errand.list != NULL && run_errand(t, fill, &errand);
    rt_decref_null(t, errand.list);
    rt_poll(t);
    return done;
}

// ------------------------------------------------------------------ a stopped world

// Makes garbage and then polls, until it is told to go.
static void litter(RtThread *t, void *argument)
{
    Errand *errand = argument;
    RtObject *ring = faults_ring(t, CHAIN);
    if (ring == NULL) fail_errand(t, errand);
    rt_decref_null(t, ring);
    rt_atomic_store_release(&errand->ready, 1u);
    while (rt_atomic_load_acquire(&errand->released) == 0) {
        rt_poll(t);
        rt_thread_yield(t);
    }
    rt_poll(t);
}

static void await(RtThread *t, _Atomic uint32_t *flag)
{
    while (rt_atomic_load_acquire(flag) == 0)
        rt_thread_yield(t);
}

// Collects what a running thread has littered: a part of it is that thread's to tear down.
static bool share_garbage(Scene *scene)
{
    RtThread *t = scene->t;
    Errand errand = {0};
    RtThreadHandle *handle = rt_thread_start(t, litter, &errand);
    if (handle == NULL) return false;
    await(t, &errand.ready);
    rt_world_stop(t);
    rt_world_start(t);
    int64_t collected = rt_gc_collect(t, 2); // what a failed one leaves, the next takes
    rt_atomic_store_release(&errand.released, 1u);
    rt_thread_join(t, handle);
    return told(t, &errand) && collected >= 0;
}

// ------------------------------------------------------------------ blocking calls

// Their error is in errno, as the system's.
static bool blocked_well(RtThread *t, ptrdiff_t result, ptrdiff_t expected)
{
    if (result == expected) return true;
    FAULTS_REQUIRE(result == -1 && errno == EIO, "a blocking call hides its error");
    rt_error_set(t, RT_ERROR_OS, "input or output failed");
    return false;
}

// A failed read leaves its byte in the pipe, where there is room.
static bool block(Scene *scene)
{
    RtThread *t = scene->t;
    char byte = 'x';
    return blocked_well(t, rt_blocking_write(t, scene->files[1], &byte, 1), 1) &&
           blocked_well(t, rt_blocking_read(t, scene->files[0], &byte, 1), 1) &&
           rt_blocking_sleep(t, 1000) == 0;
}

const Step faults_thread_steps[] = {
    {"start and join", start_and_join, false},
    // A share that there is no room for stays with the collecting thread.
    {"share garbage", share_garbage, true},
    {"block", block, false},
    {0},
};
