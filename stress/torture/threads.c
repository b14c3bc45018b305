// threads.c: what happens to threads while the others work: deep structures that one builds
// and another destroys, threads that come and go, stops of the world, short waits.
#include "torture.h"

#include <pthread.h>
#include <stdlib.h>

// ------------------------------------------------------------------ deep structures

// One place: whoever builds a chain drops the one that another thread has built.
static void set_up_deep(RtThread *t, Field *field)
{
    RtObject *list = torture_must(t, rt_list_new(t, 1));
    torture_done(t, rt_list_append(t, list, rt_none()));
    field->shared[SUBJECT_DEEP] = list;
}

static RtObject *wrap_in_dict(RtThread *t, RtObject *inner)
{
    RtObject *dict = torture_must(t, rt_dict_new(t));
    torture_done(t, rt_dict_set(t, dict, rt_none(), inner));
    return dict;
}

static RtObject *wrap(RtThread *t, RtObject *inner, uint64_t kind)
{
    RtObject *outer;
    if (kind == 0) {
        outer = torture_must(t, rt_list_new(t, 0));
        torture_done(t, rt_list_append(t, outer, inner));
    } else if (kind == 1) {
        outer = torture_must(t, rt_tuple_new(t, 1));
        rt_tuple_set_steal(outer, 0, rt_new_ref(t, inner));
    } else if (kind == 2) {
        outer = wrap_in_dict(t, inner);
    } else {
        RtObject *name = torture_must(t, rt_str_intern(t, "next", 4));
        outer = torture_must(t, rt_instance_new(t));
        torture_done(t, rt_instance_set(t, outer, name, inner));
        rt_decref(t, name);
    }
    rt_decref(t, inner);
    return outer;
}

static void step_deep(Worker *worker)
{
    RtThread *t = worker->t;
    RtObject *place = worker->field->shared[SUBJECT_DEEP];
    RtObject *chain = torture_must(t, rt_list_get(t, place, 0)); // now and then: grow another's
    if (torture_draw(worker, 4) != 0) {
        rt_decref(t, chain);
        chain = rt_none();
    }
    uint64_t depth = torture_draw(worker, 3000);
    for (uint64_t i = 0; i < depth; i++) {
        chain = wrap(t, chain, torture_draw(worker, 4));
        rt_poll(t);
    }
    torture_done(t, rt_list_set(t, place, 0, chain));
    rt_decref(t, chain);
}

static void verify_deep(RtThread *t, Field *field)
{
    rt_decref(t, field->shared[SUBJECT_DEEP]);
}

const Subject torture_deep = {"deep", 1, set_up_deep, NULL, step_deep, NULL, verify_deep};

// ------------------------------------------------------------------ threads that come and go

#define VISIT_STEPS 12

// A visitor works on the shared slots only: other subjects keep accounts of their workers.
typedef struct Visitor {
    Field *field;
    uint64_t random;
} Visitor;

static void visit(RtThread *t, Visitor *visitor)
{
    const Subject *slots = torture_subjects[SUBJECT_SLOTS];
    Worker worker = {
        .t = t, .field = visitor->field, .random = torture_random(&visitor->random)};
    slots->begin(&worker);
    for (unsigned i = 0; i < VISIT_STEPS; i++) {
        slots->step(&worker);
        rt_poll(t);
    }
    slots->settle(&worker);
}

static void visit_started(RtThread *t, void *argument)
{
    visit(t, argument);
}

// A thread of the program's own, in one runtime after the other.
static void *visit_raw(void *argument)
{
    Visitor *visitor = argument;
    for (unsigned i = 0; i < 4; i++) {
        RtThread *t = rt_thread_enter(visitor->field->runtime);
        TORTURE_REQUIRE("churn", t != NULL, "could not enter");
        TORTURE_REQUIRE("churn", rt_thread_current() == t, "the current thread is another");
        visit(t, visitor);
        rt_thread_leave(t);
        TORTURE_REQUIRE("churn", rt_thread_current() == NULL, "still bound after leaving");
        if (visitor->field->other != NULL) visitor->field = visitor->field->other;
    }
    return NULL;
}

static void start_and_join(Worker *worker)
{
    Visitor visitor[2];
    RtThreadHandle *handles[2];
    for (unsigned i = 0; i < 2; i++) {
        visitor[i] = (Visitor){worker->field, torture_random(&worker->random)};
        handles[i] = rt_thread_start(worker->t, visit_started, &visitor[i]);
        TORTURE_REQUIRE("churn", handles[i] != NULL, "could not start a thread");
    }
    for (unsigned i = 0; i < 2; i++)
        rt_thread_join(worker->t, handles[i]);
}

static void start_and_join_raw(Worker *worker)
{
    Visitor visitor = {worker->field, torture_random(&worker->random)};
    pthread_t thread;
    rt_thread_detach(worker->t);
    TORTURE_REQUIRE("churn", pthread_create(&thread, NULL, visit_raw, &visitor) == 0,
                    "could not start a thread of the program's");
    pthread_join(thread, NULL);
    rt_thread_attach(worker->t);
}

static void step_churn(Worker *worker)
{
    if (torture_draw(worker, 2) == 0)
        start_and_join(worker);
    else
        start_and_join_raw(worker);
}

const Subject torture_churn = {"churn", 1, NULL, NULL, step_churn, NULL, NULL};

// ------------------------------------------------------------------ a stopped world

static uint64_t ticks(Field *field)
{
    uint64_t total = 0;
    for (unsigned i = 0; i < field->worker_count; i++)
        total += atomic_load_explicit(&field->workers[i].ticks, memory_order_relaxed);
    return total;
}

// Nobody takes a step while the world is stopped, and it can be worked in meanwhile.
static void step_world(Worker *worker)
{
    RtThread *t = worker->t;
    rt_world_stop(t);
    uint64_t before = ticks(worker->field);
    RtObject *value = torture_value_new(t, torture_random(&worker->random));
    torture_value_check(t, value);
    rt_decref(t, value);
    uint64_t after = ticks(worker->field);
    rt_world_start(t);
    TORTURE_REQUIRE("world", before == after, "a thread ran in a stopped world");
}

const Subject torture_world = {"world", 1, NULL, NULL, step_world, NULL, NULL};

// ------------------------------------------------------------------ waits

static void step_sleep(Worker *worker)
{
    static const uint64_t intervals[] = {1000, 5000, 50000, 500000, 5000000};
    RtThread *t = worker->t;
    switch (torture_draw(worker, 4)) {
    case 0:
        rt_thread_yield(t);
        break;
    case 1:
        rt_thread_detach(t);
        rt_thread_attach(t);
        break;
    case 2:
        rt_runtime_set_switch_interval(worker->field->runtime,
                                       intervals[torture_draw(worker, 5)]);
        break;
    default:
        rt_blocking_sleep(t, torture_draw(worker, 50) * 1000);
        break;
    }
}

const Subject torture_sleep = {"sleep", 4, NULL, NULL, step_sleep, NULL, NULL};
