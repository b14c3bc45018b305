#include "testing.h"

static void counts_go_up_and_down(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *object = test_int(t, 1000);
    assert_true(rt_ref_is_live(&object->ref));
    assert_true(rt_is_unique(t, object));
    for (int i = 0; i < 1000; i++)
        rt_incref(t, object);
    assert_false(rt_is_unique(t, object));
    for (int i = 0; i < 1000; i++)
        rt_decref(t, object);
    assert_true(rt_is_unique(t, object));
    rt_decref(t, object);
}

static void immortals_ignore_counting(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *const immortals[] = {rt_none(), rt_bool(true), test_int(t, 7),
                                   rt_str_intern(t, "immortal", 8)};
    for (int round = 0; round < 100; round++) {
        for (size_t i = 0; i < 4; i++) {
            assert_true(rt_ref_is_immortal(&immortals[i]->ref));
            assert_false(rt_is_unique(t, immortals[i]));
            assert_true(rt_try_incref(t, immortals[i]));
            rt_decref(t, immortals[i]);
            rt_decref(t, immortals[i]); // one too many, for anybody else
        }
    }
    assert_string_equal(rt_str_bytes_borrowed(immortals[3], NULL), "immortal");
}

// A header survives its object: a free block still answers, and says no.
static void try_incref_tells_the_dead(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *object = test_int(t, 1000);
    assert_true(rt_try_incref(t, object));
    rt_decref(t, object);
    assert_true(rt_is_unique(t, object));
    rt_decref(t, object);
    assert_false(rt_ref_is_live(&object->ref));
    assert_false(rt_try_incref(t, object));
}

// A freed block is used again, first for what asks first.
static void blocks_are_reused(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *a = test_int(t, 1000);
    rt_decref(t, a);
    RtObject *b = rt_float_new(t, 1.0);
    assert_ptr_equal(a, b);
    assert_true(rt_is_unique(t, b));
    rt_decref(t, b);
}

// ------------------------------------------------------------------ foreign drops

// A tuple that holds a probe: when the tuple is destroyed, the probe's second reference goes.
typedef struct Probed {
    RtObject *probe;
    RtObject *tuple;
    RtThread *owner;
    _Atomic uint32_t done;
} Probed;

static void make_probed(RtThread *t, Probed *probed)
{
    probed->owner = t;
    probed->probe = test_int(t, 1000);
    probed->tuple = rt_tuple_new(t, 1);
    rt_tuple_set_steal(probed->tuple, 0, rt_new_ref(t, probed->probe));
    rt_atomic_store_relaxed(&probed->done, 0u);
}

static void drop_tuple(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Probed *probed = worker->shared;
    rt_decref(t, probed->tuple);
    rt_atomic_store_release(&probed->done, 1u);
}

static void count_is(Fixture *fixture, const char *name, uint64_t expected)
{
    if (test_counts()) assert_int_equal(test_counter(fixture->runtime, name), expected);
}

static void at_a_poll(RtThread *t)
{
    rt_poll(t);
}

static void at_a_detach(RtThread *t)
{
    rt_thread_detach(t);
    rt_thread_attach(t);
}

// The owner runs and does not poll: the object waits for it.
static void merges_when(Fixture *fixture, void (*comes_round)(RtThread *t))
{
    RtThread *t = fixture->t;
    Probed probed;
    make_probed(t, &probed);
    Worker worker = {&probed, 0, 1};
    RtThreadHandle *handle = rt_thread_start(t, drop_tuple, &worker);
    while (!rt_atomic_load_acquire(&probed.done))
        rt_cpu_yield();
    assert_false(rt_is_unique(t, probed.probe));
    comes_round(t);
    assert_true(rt_is_unique(t, probed.probe));
    rt_thread_join(t, handle);
    count_is(fixture, "merge_queued", 1);
    count_is(fixture, "merge_done", 1);
    count_is(fixture, "merge_by_dropper", 0);
    rt_decref(t, probed.probe);
}

static void a_running_owner_merges_at_its_poll(void **state)
{
    if (!RT_REF_NEEDS_THREAD_HEAP || RT_LOCK_EXCLUDES_THREADS) skip();
    merges_when(*state, at_a_poll);
}

static void a_running_owner_merges_when_it_detaches(void **state)
{
    if (!RT_REF_NEEDS_THREAD_HEAP || RT_LOCK_EXCLUDES_THREADS) skip();
    merges_when(*state, at_a_detach);
}

typedef struct Dropped {
    RtObject *object;
    _Atomic uint32_t times;
} Dropped;

static void drop_one(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Dropped *dropped = worker->shared;
    rt_decref(t, dropped->object);
    rt_atomic_add_release(&dropped->times, 1u);
}

// The owner had counted the references that others drop. One of those waits for it, and the
// others' counts are below zero: a stop of the world shows what is left.
static void several_drops_wait(void **state)
{
    if (!RT_REF_NEEDS_THREAD_HEAP || RT_LOCK_EXCLUDES_THREADS) skip();
    RtThread *t = test_thread(state);
    for (uint32_t drops = 1; drops <= 3; drops++) {
        Dropped dropped = {.object = test_int(t, 1000)};
        Worker workers[3] = {{&dropped, 0, drops}, {&dropped, 1, drops}, {&dropped, 2, drops}};
        RtThreadHandle *handles[3];
        for (uint32_t i = 0; i < drops; i++) {
            rt_incref(t, dropped.object);
            handles[i] = rt_thread_start(t, drop_one, &workers[i]);
        }
        while (rt_atomic_load_acquire(&dropped.times) != drops)
            rt_cpu_yield();
        rt_world_stop(t);
        assert_int_equal(rt_ref_count(&dropped.object->ref), 1);
        rt_world_start(t);
        rt_poll(t);
        assert_int_equal(rt_ref_count(&dropped.object->ref), 1);
        for (uint32_t i = 0; i < drops; i++)
            rt_thread_join(t, handles[i]);
        rt_decref(t, dropped.object);
        assert_int_equal(rt_runtime_live_objects(t->runtime), 0);
    }
}

static void drop_when_detached(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Probed *probed = worker->shared;
    while (rt__status(probed->owner) != RT_STATUS_DETACHED)
        rt_cpu_yield();
    drop_tuple(t, argument);
}

// The owner sleeps: the dropper merges in its stead, at once.
static void a_dropper_merges_for_a_detached_owner(void **state)
{
    NEEDS_THREADS();
    Fixture *fixture = *state;
    RtThread *t = fixture->t;
    Probed probed;
    make_probed(t, &probed);
    Worker worker = {&probed, 0, 1};
    RtThreadHandle *handle = rt_thread_start(t, drop_when_detached, &worker);
    // Detached until the drop is done: joining, too, detaches, but may attach in between.
    rt_thread_detach(t);
    while (!rt_atomic_load_acquire(&probed.done))
        rt_cpu_yield();
    rt_thread_attach(t);
    rt_thread_join(t, handle);
    // The probe itself was dropped by the dropper: only its count tells, when it is dropped
    // here and the teardown finds nothing alive.
    rt_decref(t, probed.probe);
    if (RT_REF_NEEDS_THREAD_HEAP) {
        count_is(fixture, "merge_queued", 2); // the tuple, and then the probe
        count_is(fixture, "merge_by_dropper", 2);
    }
}

static void make_and_leave(RtThread *t, void *argument)
{
    Worker *worker = argument;
    make_probed(t, worker->shared);
}

// The owner's thread is gone; its state waits for the next thread.
static void a_dropper_merges_for_an_owner_that_left(void **state)
{
    NEEDS_THREADS();
    Fixture *fixture = *state;
    Probed probed;
    test_run_threads(fixture->t, 1, make_and_leave, &probed);
    rt_decref(fixture->t, probed.tuple);
    rt_decref(fixture->t, probed.probe);
    if (RT_REF_NEEDS_THREAD_HEAP) {
        // The probe's count was the owner's, two; its drop by the dead tuple queues and merges
        // it, after which one last drop needs no queue.
        count_is(fixture, "merge_queued", 2);
        count_is(fixture, "merge_done", 2);
        count_is(fixture, "merge_by_dropper", 2);
    }
}

// ------------------------------------------------------------------ many threads

#define ROUNDS TEST_ROUNDS(100000)

static void count_often(RtThread *t, void *argument)
{
    Worker *worker = argument;
    RtObject *object = worker->shared;
    for (int i = 0; i < ROUNDS; i++) {
        rt_incref(t, object);
        MUST(rt_try_incref(t, object));
        rt_decref(t, object);
        rt_decref(t, object);
        rt_poll(t);
    }
}

static void no_count_is_lost(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    RtObject *object = test_int(t, 1000);
    test_run_threads(t, 4, count_often, object);
    assert_true(rt_is_unique(t, object));
    rt_decref(t, object);
}

static RtObject *something(RtThread *t, uint64_t draw)
{
    RtObject *tuple = rt_tuple_new(t, draw % 100 == 0 ? 500 : draw % 4); // some are large
    for (size_t i = 0; i < rt_tuple_size(tuple); i++)
        rt_tuple_set_steal(tuple, i, test_int(t, 1000 + (int64_t)i));
    return tuple;
}

// One step: an object is made and shown, or another's is taken, looked at, and dropped.
static void exchange_once(RtThread *t, RtObject *list, uint64_t draw)
{
    RtObject *object = draw & 1 ? something(t, draw >> 8) : rt_list_pop(t, list);
    rt_error_clear(t);
    if (object == NULL) return;
    size_t size = rt_tuple_size(object);
    if (size > 0) MUST(test_value(t, rt_tuple_get(t, object, size - 1)) == 999 + (int64_t)size);
    if ((draw >> 1) % 4 != 0) MUST(rt_list_append(t, list, object));
    if ((draw >> 3) % 8 == 0) MUST(rt_list_append(t, list, object));
    rt_decref(t, object);
}

static void exchange(RtThread *t, void *argument)
{
    Worker *worker = argument;
    uint64_t seed = worker->index;
    for (int i = 0; i < ROUNDS / 10; i++) {
        uint64_t draw = test_random(&seed);
        exchange_once(t, worker->shared, draw);
        if (draw >> 57 == 0) rt_blocking_sleep(t, 1000);
        if (draw >> 61 != 0) rt_poll(t);
    }
}

// Objects travel between owners that run, sleep and leave: none dies early (tuples and blocks
// would be garbage) or stays (the teardown counts).
static void objects_travel(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    for (int generation = 0; generation < 3; generation++) {
        RtObject *list = rt_list_new(t, 0);
        test_run_threads(t, 4, exchange, list);
        rt_decref(t, list);
    }
}

// ------------------------------------------------------------------ deferred

static void count_to_and_fro(RtThread *t, void *argument)
{
    Worker *worker = argument;
    RtObject *object = worker->shared;
    for (int i = 0; i < 1000; i++) {
        MUST(rt_try_incref(t, object));
        rt_incref(t, object);
        rt_decref(t, object);
        rt_decref(t, object);
        rt_poll(t);
    }
}

// Nobody holds it, and it is there until a collection finds that out.
static void a_deferred_object_waits_for_the_collector(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    rt_gc_disable(t);
    RtObject *object = rt_list_new(t, 0);
    assert_non_null(object);
    rt_defer(t, object);
    test_run_threads(t, 3, count_to_and_fro, object);
    assert_int_equal(rt_ref_count(&object->ref), 1);
    bool deferred = rt_is_deferred(object);
    rt_decref(t, object);
    if (deferred) {
        assert_true(rt_is_deferred(object));
        assert_int_equal(rt_runtime_live_objects(t->runtime), 1);
        assert_int_equal(rt_gc_collect(t, 2), 1);
    }
    assert_int_equal(rt_runtime_live_objects(t->runtime), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(counts_go_up_and_down),
        TEST(immortals_ignore_counting),
        TEST(try_incref_tells_the_dead),
        TEST(blocks_are_reused),
        TEST(a_running_owner_merges_at_its_poll),
        TEST(a_running_owner_merges_when_it_detaches),
        TEST(several_drops_wait),
        TEST(a_dropper_merges_for_a_detached_owner),
        TEST(a_dropper_merges_for_an_owner_that_left),
        TEST(no_count_is_lost),
        TEST(objects_travel),
        TEST(a_deferred_object_waits_for_the_collector),
    };
    return cmocka_run_group_tests_name("refcount", tests, NULL, NULL);
}
