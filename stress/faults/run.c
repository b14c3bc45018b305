// run.c: one life of a runtime under a plan.
#include "faults.h"

#include <stdio.h>
#include <unistd.h>

#include "leaks.h"

static const Step *const all_steps[] = {
    faults_lifetime_steps, faults_object_steps, faults_collector_steps,
    faults_memory_steps,   faults_thread_steps,
};

// A step is taken again until no call in it fails. More often than this: what fails is not the
// plan's doing.
#define TRIES 20

// What a failed step has left in the thread, which it takes back.
static void check_error(Scene *scene)
{
    if (scene->t == NULL) return;
    RtErrorKind kind = rt_error_kind(scene->t);
    FAULTS_REQUIRE(kind == RT_ERROR_MEMORY || kind == RT_ERROR_OS,
                   "a call that failed for want of memory gave another error, or none");
    FAULTS_REQUIRE(rt_error_message(scene->t)[0] != '\0', "an error without a message");
    rt_error_clear(scene->t);
}

// The audit is no part of the plan.
static void check_heap(Scene *scene)
{
    faults_disarm();
    const char *violation = scene->t != NULL ? rt_gc_audit(scene->t) : NULL;
    if (violation != NULL) fprintf(stderr, "audit: %s\n", violation);
    FAULTS_REQUIRE(violation == NULL, "the heap is unsound after a failure");
}

// False: it has to be taken again.
static bool try_step(const Step *step, Scene *scene, const FaultPlan *plan)
{
    uint64_t fired_before = faults_fired();
    bool done = step->take(scene);
    bool fired = faults_fired() != fired_before;
    FAULTS_REQUIRE(done || fired, "a step failed although no call did");
    FAULTS_REQUIRE(!done || !fired || step->absorbs, "a call failed and nobody was told");
    if (!done) check_error(scene);
    if (scene->t != NULL)
        FAULTS_REQUIRE(rt_error_kind(scene->t) == RT_ERROR_NONE,
                       "a step that worked left an error");
    if (fired) check_heap(scene);
    if (fired && plan->mode == FAULT_RANDOM) faults_rearm();
    return done;
}

static void take_step(const Step *step, Scene *scene, const FaultPlan *plan)
{
    faults_now(step->name);
    for (unsigned tries = 1; !try_step(step, scene, plan); tries++) {
        if (tries == TRIES) faults_disarm();
        FAULTS_REQUIRE(tries <= TRIES, "a step fails for ever");
    }
}

// Drops everything, with a system that gives again what it is asked for.
static void settle(Scene *scene)
{
    faults_now("the end");
    for (unsigned i = 0; i < FAULTS_KEPT; i++)
        rt_decref_null(scene->t, scene->kept[i]);
    FAULTS_REQUIRE(rt_gc_collect(scene->t, 2) >= 0, "there is no memory in the end");
    rt_poll(scene->t);
    FAULTS_REQUIRE(rt_gc_audit(scene->t) == NULL, "the heap is unsound in the end");
    rt_thread_leave(scene->t);
    size_t live = rt_runtime_live_objects(scene->runtime);
    if (live != 0) leaks_tell(scene->runtime);
    FAULTS_REQUIRE(live == 0, "objects are left alive");
    rt_runtime_destroy(scene->runtime);
}

void faults_run(const FaultPlan *plan, const Step *last)
{
    FaultHoldings before = faults_holdings();
    Scene scene = {.system_heap = plan->mode == FAULT_SYSTEM};
    FAULTS_REQUIRE(pipe(scene.files) == 0, "no pipe is to be had");
    faults_arm(plan);
    for (size_t part = 0; part < sizeof all_steps / sizeof all_steps[0]; part++) {
        for (const Step *step = all_steps[part]; step->name != NULL; step++)
            take_step(step, &scene, plan);
    }
    if (last != NULL) take_step(last, &scene, plan);
    faults_disarm();
    settle(&scene);
    close(scene.files[0]);
    close(scene.files[1]);
    FaultHoldings after = faults_holdings();
    FAULTS_REQUIRE(after.arrays == before.arrays, "arrays were not given back");
    FAULTS_REQUIRE(after.page_bytes == before.page_bytes, "pages were not given back");
    FAULTS_REQUIRE(after.threads == before.threads, "a thread was not joined");
}
