// Stopping the world. Under a GIL its holder is alone anyway, and the same must hold.
#include "testing.h"

typedef struct World {
    RtObject *list;
    uint64_t value; // plain: only who has stopped the world touches it
    _Atomic uint64_t progress;
    _Atomic uint32_t stop;
} World;

// A thread that does a little of everything: allocates, shares, blocks, polls.
static void live(RtThread *t, void *argument)
{
    Worker *worker = argument;
    World *world = worker->shared;
    uint64_t seed = worker->index;
    while (!rt_atomic_load_relaxed(&world->stop)) {
        uint64_t draw = test_random(&seed);
        RtObject *item = draw & 1 ? test_int(t, 1000) : rt_list_pop(t, world->list);
        rt_error_clear(t);
        if (item != NULL && draw & 2) MUST(rt_list_append(t, world->list, item));
        rt_decref_null(t, item);
        rt_atomic_add_relaxed(&world->progress, 1u);
        if (draw >> 58 == 0) rt_blocking_sleep(t, 1000);
        rt_poll(t);
    }
}

static void nothing_moves(World *world)
{
    uint64_t seen = rt_atomic_load_relaxed(&world->progress);
    for (int i = 0; i < 20; i++) {
        rt_cpu_yield();
        assert_int_equal(rt_atomic_load_relaxed(&world->progress), seen);
    }
}

static void await_progress(RtThread *t, World *world)
{
    uint64_t seen = rt_atomic_load_relaxed(&world->progress);
    while (rt_atomic_load_relaxed(&world->progress) == seen) {
        rt_thread_yield(t);
        rt_cpu_yield();
        rt_poll(t);
    }
}

static void a_stopped_world_stands_still(void **state)
{
    NEEDS_THREADS();
    Fixture *fixture = *state;
    RtThread *t = fixture->t;
    World world = {.list = rt_list_new(t, 0)};
    Worker workers[3];
    RtThreadHandle *handles[3];
    for (unsigned i = 0; i < 3; i++) {
        workers[i] = (Worker){&world, i, 3};
        handles[i] = rt_thread_start(t, live, &workers[i]);
    }
    for (int round = 0; round < TEST_ROUNDS(500); round++) {
        await_progress(t, &world);
        rt_world_stop(t);
        nothing_moves(&world);
        rt_world_start(t);
    }
    rt_atomic_store_relaxed(&world.stop, 1u);
    for (int i = 0; i < 3; i++)
        rt_thread_join(t, handles[i]);
    rt_decref(t, world.list);
    if (test_counts() && !RT_LOCK_EXCLUDES_THREADS)
        assert_int_equal(test_counter(fixture->runtime, "world_stops"), TEST_ROUNDS(500));
}

static void only_poll(RtThread *t, void *argument)
{
    Worker *worker = argument;
    World *world = worker->shared;
    while (!rt_atomic_load_relaxed(&world->stop)) {
        rt_atomic_add_relaxed(&world->progress, 1u);
        rt_poll(t);
    }
}

// A thread that never blocks is asked to stop, and does at its next poll.
static void busy_threads_are_asked(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    World world = {0};
    Worker worker = {&world, 0, 1};
    RtThreadHandle *handle = rt_thread_start(t, only_poll, &worker);
    for (int round = 0; round < 20; round++) {
        await_progress(t, &world);
        rt_world_stop(t);
        nothing_moves(&world);
        rt_world_start(t);
    }
    rt_atomic_store_relaxed(&world.stop, 1u);
    rt_thread_join(t, handle);
}

static void stop_often(RtThread *t, void *argument)
{
    Worker *worker = argument;
    World *world = worker->shared;
    for (int i = 0; i < TEST_ROUNDS(2000); i++) {
        rt_world_stop(t);
        uint64_t value = world->value;
        if (i % 8 == 0) rt_cpu_yield();
        world->value = value + 1;
        rt_world_start(t);
        rt_poll(t);
        if (i % 64 == 0) rt_blocking_sleep(t, 1000);
    }
}

// Stoppers stop each other, and one stops at a time.
static void stoppers_take_turns(void **state)
{
    NEEDS_THREADS();
    World world = {0};
    test_run_threads(test_thread(state), 4, stop_often, &world);
    assert_int_equal(world.value, 4 * TEST_ROUNDS(2000));
}

static void do_nothing(RtThread *t, void *argument)
{
    Worker *worker = argument;
    World *world = worker->shared;
    rt_atomic_add_relaxed(&world->progress, 1u);
    rt_poll(t);
}

static void start_and_stop(RtThread *t, void *argument)
{
    Worker *worker = argument;
    World *world = worker->shared;
    for (int i = 0; i < 20; i++) {
        if (worker->index == 0) {
            rt_world_stop(t);
            nothing_moves(world);
            rt_world_start(t);
            rt_poll(t);
        } else {
            test_run_threads(t, 2, do_nothing, world);
        }
    }
}

// Threads are born and leave around stops.
static void threads_come_and_go(void **state)
{
    NEEDS_THREADS();
    World world = {0};
    test_run_threads(test_thread(state), 3, start_and_stop, &world);
    assert_int_equal(rt_atomic_load_relaxed(&world.progress), 2 * 20 * 2);
}

static void make_one(RtThread *t, void *argument)
{
    Worker *worker = argument;
    World *world = worker->shared;
    world->list = rt_list_new(t, 5);
}

// While the world stands, nobody can be claimed: a foreign drop leaves its object in the
// queue, and the start merges it.
static void drops_in_a_stopped_world(void **state)
{
    NEEDS_THREADS();
    Fixture *fixture = *state;
    RtThread *t = fixture->t;
    World world = {0};
    test_run_threads(t, 1, make_one, &world);
    rt_world_stop(t);
    rt_decref(t, world.list);
    rt_world_start(t);
    if (test_counts() && RT_REF_NEEDS_THREAD_HEAP) {
        assert_int_equal(test_counter(fixture->runtime, "merge_queued"), 1);
        assert_int_equal(test_counter(fixture->runtime, "merge_by_dropper"), 1);
    }
}

// A section that a stop suspends is taken back before the thread goes on.
static void count_in_sections(RtThread *t, void *argument)
{
    Worker *worker = argument;
    World *world = worker->shared;
    for (int i = 0; i < TEST_ROUNDS(20000); i++) {
        RtSection section;
        rt_lock_object(t, &section, world->list);
        rt_poll(t); // may stop here, the section given up
        world->value++;
        rt_unlock_object(t, &section);
        if (worker->index == 0 && i % 100 == 0) {
            rt_world_stop(t);
            rt_world_start(t);
        }
    }
}

static void sections_survive_a_stop(void **state)
{
    if (RT_LOCK_EXCLUDES_THREADS) skip(); // a poll is a switch there: see test_gil
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    World world = {.list = rt_list_new(t, 0)};
    test_run_threads(t, 3, count_in_sections, &world);
    assert_int_equal(world.value, 3 * TEST_ROUNDS(20000));
    rt_decref(t, world.list);
}

static void alone_it_is_easy(void **state)
{
    RtThread *t = test_thread(state);
    for (int i = 0; i < 100; i++) {
        rt_world_stop(t);
        rt_world_start(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(alone_it_is_easy),        TEST(a_stopped_world_stands_still),
        TEST(busy_threads_are_asked),  TEST(stoppers_take_turns),
        TEST(threads_come_and_go),     TEST(drops_in_a_stopped_world),
        TEST(sections_survive_a_stop),
    };
    return cmocka_run_group_tests_name("world", tests, NULL, NULL);
}
