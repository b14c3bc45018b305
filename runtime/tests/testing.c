// testing.c: the shared parts of unit tests.
#include "testing.h"

#include <stdlib.h>

int test_setup(void **state)
{
    Fixture *fixture = malloc(sizeof *fixture);
    assert_non_null(fixture);
    const char *seed = getenv("GILBENCH_SEED"); // of the perturbed schedule, for long searches
    RtOptions options = {
        .perturb_seed = seed != NULL ? strtoull(seed, NULL, 0) : 20240229,
        .switch_interval_ns = 200000,
    };
    fixture->runtime = rt_runtime_create(&options);
    assert_non_null(fixture->runtime);
    fixture->t = rt_thread_enter(fixture->runtime);
    assert_non_null(fixture->t);
    *state = fixture;
    return 0;
}

int test_teardown(void **state)
{
    Fixture *fixture = *state;
    assert_string_equal(rt_error_message(fixture->t), "");
    rt_poll(fixture->t);
    rt_thread_leave(fixture->t);
    size_t live = rt_runtime_live_objects(fixture->runtime);
    rt_runtime_destroy(fixture->runtime);
    free(fixture);
    assert_int_equal(live, 0);
    return 0;
}

// Threads are so quick that the first would be done before the last is started; so they wait
// for each other, detached, because under a GIL nobody else could arrive.
typedef struct Gate {
    RtThreadMain main;
    _Atomic unsigned missing;
} Gate;

typedef struct Start {
    Gate *gate;
    Worker worker;
} Start;

static void run_through_gate(RtThread *t, void *argument)
{
    Start *start = argument;
    Gate *gate = start->gate;
    rt_atomic_sub_acq_rel(&gate->missing, 1u);
    rt_thread_detach(t);
    while (rt_atomic_load_acquire(&gate->missing) != 0)
        rt_cpu_yield();
    rt_thread_attach(t);
    gate->main(t, &start->worker);
}

void test_run_threads(RtThread *t, unsigned count, RtThreadMain main, void *shared)
{
    Gate gate = {main, count};
    Start starts[TEST_MAX_WORKERS];
    RtThreadHandle *handles[TEST_MAX_WORKERS];
    MUST(count <= TEST_MAX_WORKERS);
    for (unsigned i = 0; i < count; i++) {
        starts[i] = (Start){&gate, {shared, i, count}};
        handles[i] = rt_thread_start(t, run_through_gate, &starts[i]);
        MUST(handles[i] != NULL);
    }
    for (unsigned i = 0; i < count; i++)
        rt_thread_join(t, handles[i]);
}

uint64_t test_counter(RtRuntime *runtime, const char *name)
{
    RtAccountEntry entries[64];
    size_t count = rt_account_read(runtime, entries, 64);
    assert_true(count <= 64);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(entries[i].name, name) == 0) return entries[i].value;
    }
    fail_msg("no counter %s", name);
    return 0;
}

void test_repr(RtThread *t, RtObject *object_steal, const char *text)
{
    assert_non_null(object_steal);
    RtObject *repr = rt_object_repr(t, object_steal);
    assert_non_null(repr);
    size_t size;
    assert_string_equal(rt_str_bytes_borrowed(repr, &size), text);
    assert_int_equal(size, strlen(text));
    rt_decref(t, repr);
    rt_decref(t, object_steal);
}

void test_error(RtThread *t, RtErrorKind kind)
{
    assert_int_equal(rt_error_kind(t), kind);
    assert_string_not_equal(rt_error_message(t), "");
    rt_error_clear(t);
}

RtObject *test_str(RtThread *t, const char *text)
{
    RtObject *str = rt_str_new(t, text, strlen(text));
    MUST(str != NULL);
    return str;
}

RtObject *test_int(RtThread *t, int64_t value)
{
    RtObject *object = rt_int_new(t, value);
    MUST(object != NULL);
    return object;
}

int64_t test_value(RtThread *t, RtObject *object_steal)
{
    MUST(object_steal != NULL && rt_int_check(object_steal));
    int64_t value = rt_int_value(object_steal);
    rt_decref(t, object_steal);
    return value;
}
