#include "testing.h"

#define NEEDS_GIL()                                                                            \
    do {                                                                                       \
        if (!RT_LOCK_EXCLUDES_THREADS) skip();                                                 \
    } while (0)

static void the_interval_can_be_set(void **state)
{
    Fixture *fixture = *state;
    RtRuntime *other = rt_runtime_create(NULL);
    assert_int_equal(rt_runtime_switch_interval(other), RT_SWITCH_INTERVAL_NS);
    assert_true(rt_runtime_set_switch_interval(other, 1000));
    assert_int_equal(rt_runtime_switch_interval(other), 1000);
    assert_false(rt_runtime_set_switch_interval(other, 0));
    assert_int_equal(rt_runtime_switch_interval(other), 1000);
    assert_int_equal(rt_runtime_switch_interval(fixture->runtime), 200000); // its own
    rt_runtime_destroy(other);
}

// What the GIL guards needs no other lock: `value` is plain, the thread sanitizer looks on.
typedef struct Turns {
    uint64_t value;
    _Atomic uint64_t progress[TEST_MAX_WORKERS];
    _Atomic uint32_t stop;
} Turns;

#define ROUNDS TEST_ROUNDS(50000)

static void count_plainly(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Turns *turns = worker->shared;
    for (int i = 0; i < ROUNDS; i++) {
        turns->value++;
        rt_poll(t);
        if (i % 1000 == 0) rt_blocking_sleep(t, 0);
    }
}

static void one_runs_at_a_time(void **state)
{
    NEEDS_GIL();
    Turns turns = {0};
    test_run_threads(test_thread(state), 4, count_plainly, &turns);
    assert_int_equal(turns.value, 4 * ROUNDS);
}

static void poll_until_stopped(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Turns *turns = worker->shared;
    while (!rt_atomic_load_relaxed(&turns->stop)) {
        rt_atomic_add_relaxed(&turns->progress[worker->index], 1u);
        rt_poll(t);
    }
}

// Threads that never block still come round to each other: the drop request does it.
static void busy_threads_switch(void **state)
{
    Fixture *fixture = *state;
    NEEDS_THREADS();
    RtThread *t = fixture->t;
    Turns turns = {0};
    Worker workers[2] = {{&turns, 0, 2}, {&turns, 1, 2}};
    RtThreadHandle *handles[2];
    for (int i = 0; i < 2; i++)
        handles[i] = rt_thread_start(t, poll_until_stopped, &workers[i]);
    for (int i = 0; i < 2; i++) {
        for (int turn = 0; turn < 10; turn++) {
            uint64_t seen = rt_atomic_load_relaxed(&turns.progress[i]);
            while (rt_atomic_load_relaxed(&turns.progress[i]) == seen)
                rt_poll(t);
        }
    }
    rt_atomic_store_relaxed(&turns.stop, 1u);
    for (int i = 0; i < 2; i++)
        rt_thread_join(t, handles[i]);
    if (test_counts() && RT_LOCK_EXCLUDES_THREADS) {
        assert_true(test_counter(fixture->runtime, "gil_drop_request") > 0);
        assert_true(test_counter(fixture->runtime, "gil_forced_switch") > 0);
    }
}

// A yield does not wait for the interval, here longer than any test.
static void yielding_switches_at_once(void **state)
{
    NEEDS_GIL();
    Fixture *fixture = *state;
    RtThread *t = fixture->t;
    assert_true(rt_runtime_set_switch_interval(fixture->runtime, 3600000000000ull));
    Turns turns = {0};
    Worker worker = {&turns, 0, 1};
    RtThreadHandle *handle = rt_thread_start(t, count_plainly, &worker);
    while (turns.value == 0)
        rt_thread_yield(t);
    rt_thread_join(t, handle);
    assert_int_equal(turns.value, ROUNDS);
}

static void nobody_waiting_costs_nothing(void **state)
{
    if (!test_counts()) skip();
    Fixture *fixture = *state;
    for (int i = 0; i < 100000; i++)
        rt_poll(fixture->t);
    rt_thread_yield(fixture->t);
    assert_int_equal(test_counter(fixture->runtime, "poll_slow"), 0);
    assert_int_equal(test_counter(fixture->runtime, "gil_take_waited"), 0);
    assert_int_equal(test_counter(fixture->runtime, "gil_drop_request"), 0);
}

// Every take is accounted for: held time and waited time are somebody's.
static void takes_are_counted(void **state)
{
    NEEDS_GIL();
    if (!test_counts()) skip();
    Fixture *fixture = *state;
    uint64_t before = test_counter(fixture->runtime, "gil_take");
    for (int i = 0; i < 10; i++)
        rt_blocking_sleep(fixture->t, 0);
    assert_int_equal(test_counter(fixture->runtime, "gil_take"), before + 10);
    assert_true(test_counter(fixture->runtime, "gil_hold_ns") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_interval_can_be_set), TEST(one_runs_at_a_time),
        TEST(busy_threads_switch),     TEST(yielding_switches_at_once),
        TEST(takes_are_counted),       TEST(nobody_waiting_costs_nothing),
    };
    return cmocka_run_group_tests_name("gil", tests, NULL, NULL);
}
