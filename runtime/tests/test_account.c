// test_account.c: where a thread's time goes, and the trace of it. In timed builds: nothing.
#include <string.h>

#include "testing.h"

#include "base/trace.h"

enum { RUNNING, WAITING, SWITCHING, BLOCKED, TIMES };

typedef struct Times {
    uint64_t ns[TIMES];
    uint64_t earliest; // the clock before the account was read
    uint64_t latest;   // ... and after
} Times;

static Times read_times(RtThread *t)
{
    static const char *const names[TIMES] = {"time_running_ns", "time_waiting_ns",
                                             "time_switching_ns", "time_blocked_ns"};
    RtAccountEntry entries[RT_ACCOUNT_COUNT];
    Times times = {.earliest = rt_clock_now()};
    size_t count = rt_account_read_thread(t, entries, RT_ACCOUNT_COUNT);
    times.latest = rt_clock_now();
    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < TIMES; k++) {
            if (strcmp(entries[i].name, names[k]) == 0) times.ns[k] = entries[i].value;
        }
    }
    return times;
}

static uint64_t sum(const Times *times)
{
    return times->ns[RUNNING] + times->ns[WAITING] + times->ns[SWITCHING] + times->ns[BLOCKED];
}

static void the_times_sum_to_the_clock(void **state)
{
    if (!RT_ACCOUNT_ENABLED) skip();
    RtThread *t = test_thread(state);
    Times before = read_times(t);
    rt_blocking_sleep(t, 2000000);
    Times after = read_times(t);
    assert_true(after.ns[BLOCKED] - before.ns[BLOCKED] >= 2000000);
    uint64_t accounted = sum(&after) - sum(&before);
    assert_true(accounted >= after.earliest - before.latest);
    assert_true(accounted <= after.latest - before.earliest);
}

static uint64_t waited(RtThread *t)
{
    Times times = read_times(t);
    return times.ns[WAITING] + times.ns[SWITCHING];
}

// Never blocks, and goes on until everybody has had to wait.
static void compete(RtThread *t, void *argument)
{
    Worker *worker = argument;
    _Atomic uint32_t *have_waited = worker->shared;
    uint64_t before = waited(t);
    while (waited(t) == before)
        rt_poll(t);
    rt_atomic_add_relaxed(have_waited, 1u);
    while (rt_atomic_load_relaxed(have_waited) < worker->count)
        rt_poll(t);
}

static void waiting_for_the_gil_is_waiting(void **state)
{
    if (!RT_ACCOUNT_ENABLED || !RT_LOCK_EXCLUDES_THREADS) skip();
    Fixture *fixture = *state;
    _Atomic uint32_t have_waited = 0;
    test_run_threads(test_thread(state), 2, compete, &have_waited);
    const RtHistogram *latencies = rt_account_handover(fixture->runtime);
    assert_non_null(latencies);
    assert_true(latencies->count > 0);
}

static void timed_builds_know_nothing(void **state)
{
    if (RT_ACCOUNT_ENABLED) skip();
    Fixture *fixture = *state;
    RtThread *t = test_thread(state);
    rt_blocking_sleep(t, 1000000);
    Times times = read_times(t);
    assert_int_equal(sum(&times), 0);
    assert_null(rt_account_handover(fixture->runtime));
    RtTraceEvent event;
    uint64_t forgotten;
    assert_int_equal(rt_trace_read(t, &event, 1, &forgotten), 0);
}

static void a_trace_is_off_by_default(void **state)
{
    RtTraceEvent event;
    uint64_t forgotten = 7;
    assert_int_equal(rt_trace_read(test_thread(state), &event, 1, &forgotten), 0);
    assert_int_equal(forgotten, 0);
}

// The fixture's thread goes to a runtime that keeps traces, and back again.
static RtThread *enter_traced(void **state, size_t events)
{
    Fixture *fixture = *state;
    rt_thread_leave(fixture->t);
    rt_runtime_destroy(fixture->runtime);
    fixture->runtime = rt_runtime_create(&(RtOptions){.trace_events = events});
    fixture->t = rt_thread_enter(fixture->runtime);
    return fixture->t;
}

static void a_trace_has_the_last_events_in_order(void **state)
{
    if (!RT_ACCOUNT_ENABLED) skip();
    enum { KEPT = 8 };
    RtThread *t = enter_traced(state, KEPT);
    for (int i = 0; i < 10; i++)
        rt_blocking_sleep(t, 1);
    RtTraceEvent events[2 * KEPT];
    uint64_t forgotten;
    assert_int_equal(rt_trace_read(t, events, 2 * KEPT, &forgotten), KEPT);
    assert_true(forgotten > 0);
    for (int i = 1; i < KEPT; i++)
        assert_true(events[i].ns >= events[i - 1].ns);
    assert_int_equal(events[KEPT - 1].kind, RT_TRACE_RUNNING);
}

static void a_trace_names_the_lock(void **state)
{
    if (!RT_ACCOUNT_ENABLED || RT_LOCK_EXCLUDES_THREADS || !RT_LOCK_PROTECTS) skip();
    RtThread *t = enter_traced(state, 64);
    RtObject *list = rt_list_new(t, 0);
    RtSection section;
    rt_lock_object(t, &section, list);
    rt_unlock_object(t, &section);
    RtTraceEvent events[64];
    uint64_t forgotten;
    size_t count = rt_trace_read(t, events, 64, &forgotten);
    assert_true(count >= 2);
    assert_int_equal(events[count - 2].kind, RT_TRACE_LOCKED);
    assert_int_equal(events[count - 1].kind, RT_TRACE_UNLOCKED);
    assert_ptr_equal(events[count - 2].what, events[count - 1].what);
    rt_decref(t, list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_times_sum_to_the_clock),
        TEST(waiting_for_the_gil_is_waiting),
        TEST(timed_builds_know_nothing),
        TEST(a_trace_is_off_by_default),
        TEST(a_trace_has_the_last_events_in_order),
        TEST(a_trace_names_the_lock),
    };
    return cmocka_run_group_tests_name("account", tests, NULL, NULL);
}
