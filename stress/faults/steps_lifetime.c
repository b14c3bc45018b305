// steps_lifetime.c: runtimes and thread states that cannot be made.
#include <stdlib.h>

#include "faults.h"

#define GIVEN_SIZE  (2u << 20)
#define GIVEN_ALIGN 4096u

// Makes an object in the runtime, leaves it and destroys it. False: a call failed.
static bool live_and_die(RtRuntime *runtime)
{
    RtThread *t = rt_thread_enter(runtime);
    bool done = t != NULL;
    if (done) {
        RtObject *str = rt_str_intern(t, "given", 5);
        done = str != NULL;
        FAULTS_REQUIRE(done || rt_error_kind(t) == RT_ERROR_MEMORY, "not a MEMORY error");
        rt_error_clear(t);
        rt_thread_leave(t);
    }
    rt_runtime_destroy(runtime);
    return done;
}

static bool use_given_memory(Scene *scene)
{
    (void)scene;
    void *memory = aligned_alloc(GIVEN_ALIGN, GIVEN_SIZE);
    FAULTS_REQUIRE(memory != NULL, "there is no memory for the test itself");
    RtOptions options = {.memory = memory, .memory_size = GIVEN_SIZE};
    RtRuntime *runtime = rt_runtime_create(&options);
    bool done = runtime != NULL && live_and_die(runtime);
    free(memory);
    return done;
}

static bool create(Scene *scene)
{
    // Traces are kept by account builds alone.
    RtOptions options = {.trace_events = 64,
                         .switch_interval_ns = 100000,
                         .perturb_seed = 1,
                         .heap_system = scene->system_heap,
                         .heap_guards = scene->system_heap};
    scene->runtime = rt_runtime_create(&options);
    return scene->runtime != NULL;
}

static bool enter(Scene *scene)
{
    scene->t = rt_thread_enter(scene->runtime);
    if (scene->t != NULL) rt_gc_disable(scene->t); // a step says when it collects
    return scene->t != NULL;
}

const Step faults_lifetime_steps[] = {
    {"a runtime on pages given", use_given_memory, false},
    {"create a runtime", create, false},
    {"enter it", enter, false},
    {0},
};
