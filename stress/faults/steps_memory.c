// steps_memory.c: what the runtime tells about its memory: tracing, leaks, paths.
#include "faults.h"

static bool refer_weakly_to_garbage(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *ring = faults_ring(t, 3);
    RtObject *ref = ring != NULL ? rt_weakref_new(t, ring, NULL, NULL) : NULL;
    rt_decref_null(t, ring);
    bool done = ref != NULL && rt_gc_collect(t, 2) >= 0;
    if (done)
        FAULTS_REQUIRE(rt_weakref_get(t, ref) == NULL, "a weak reference leads to garbage");
    rt_decref_null(t, ref);
    return done;
}

// ------------------------------------------------------------------ tracing

static bool start_tracing(Scene *scene)
{
    return rt_tracing_start(scene->t);
}

// Objects are made as ever if there is no memory to note them; that is counted.
static bool trace(Scene *scene)
{
    RtThread *t = scene->t;
    RtTracingStats before, after;
    rt_tracing_stats(t, &before);
    uint64_t fired = faults_fired();
    for (uint32_t line = 0; line < 100; line++) {
        rt_site_set(t, (RtSite){"faults", line});
        RtObject *list = rt_list_new(t, 1);
        bool done = list != NULL && rt_list_append(t, scene->kept[0], list);
        rt_decref_null(t, list);
        if (!done) return false;
    }
    rt_tracing_stats(t, &after);
    FAULTS_REQUIRE((faults_fired() != fired) == (after.lost != before.lost),
                   "what was not noted was not counted");
    return true;
}

static bool compare_snapshots(Scene *scene)
{
    RtThread *t = scene->t;
    RtTracingSnapshot *before = rt_tracing_snapshot(t);
    RtTracingSnapshot *after = before != NULL ? rt_tracing_snapshot(t) : NULL;
    RtTracingSnapshot *difference =
        after != NULL ? rt_tracing_difference(t, before, after) : NULL;
    bool done = difference != NULL;
    rt_tracing_free(before);
    rt_tracing_free(after);
    rt_tracing_free(difference);
    return done;
}

static bool stop_tracing(Scene *scene)
{
    RtThread *t = scene->t;
    rt_tracing_stop(t);
    rt_list_clear(t, scene->kept[0]);
    return true;
}

// ------------------------------------------------------------------ leaks, paths, the heap

static bool open_resources(Scene *scene)
{
    for (int64_t id = 0; id < 40; id++) {
        if (!rt_resource_opened(scene->t, "file", id)) return false;
        if (id % 2) rt_resource_closed(scene->t, "file", id);
    }
    return true;
}

static bool find_leaks(Scene *scene)
{
    RtLeakReport *report = rt_leaks_find(scene->t, scene->kept, 2);
    if (report == NULL) return false;
    FAULTS_REQUIRE(report->count != 0, "living objects are not reported");
    rt_leaks_free(report);
    return true;
}

static bool find_path(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *last = rt_list_get(t, scene->kept[2], 0); // of the ring, which is kept
    RtObject *path = rt_gc_path_to(t, last);
    if (path != NULL) FAULTS_REQUIRE(rt_list_size(t, path) == 2, "not the shortest way");
    rt_decref(t, last);
    return faults_drop(t, path);
}

// Needs no memory, whatever fails.
static bool trim(Scene *scene)
{
    rt_heap_trim(scene->t);
    return true;
}

const Step faults_memory_steps[] = {
    {"refer weakly to garbage", refer_weakly_to_garbage, false},
    {"start tracing", start_tracing, false},
    {"trace", trace, true},
    {"compare snapshots", compare_snapshots, false},
    {"find leaks while tracing", find_leaks, false},
    {"stop tracing", stop_tracing, false},
    {"open resources", open_resources, false},
    {"find leaks", find_leaks, false},
    {"find a path", find_path, false},
    {"trim the heap", trim, false},
    {0},
};
