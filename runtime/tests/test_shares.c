// Garbage with finalizers and weak references that automatic collections find: who tears it
// down, and that each thing happens once, whoever it is.
#include "testing_gc.h"

// ------------------------------------------------------------------ rings to collect

// What is known of a ring: a node and a list that refer to each other. The node's note; it
// outlives the ring.
typedef struct Record {
    _Atomic unsigned finalized;
    _Atomic unsigned called;
    RtThread *maker;
    RtThread *finalizer;
    RtObject *weak;    // to the node; NULL: none
    RtObject *shelter; // a list, to which the finalizer appends the node; NULL: it does not
    bool polls;        // the finalizer, for a while
} Record;

// Weak references to it are cleared by now, whoever runs this.
static void node_finalize(RtThread *t, RtObject *object)
{
    Record *record = node_of(object)->note;
    MUST(node_of(object)->next != NULL);
    if (record->weak != NULL) MUST(rt_weakref_get(t, record->weak) == NULL);
    record->finalizer = t;
    rt_atomic_add_relaxed(&record->finalized, 1u);
    if (record->shelter != NULL) MUST(rt_list_append(t, record->shelter, object));
    for (int i = 0; record->polls && i < 20; i++) {
        rt_decref(t, pair(t));
        rt_poll(t);
    }
}

static const RtType node_type = {NODE_TYPE(node_finalize)};

// The caller has a reference to the node. Its list has room for more.
static RtObject *ring(RtThread *t, Record *record)
{
    RtObject *node = node_new(t, &node_type, record);
    node_of(node)->next = new_list(t);
    append(t, node_of(node)->next, node);
    record->maker = t;
    return node;
}

// ------------------------------------------------------------------ who does it

static bool owners_help(void)
{
    return RT_HEAP_PER_THREAD && RT_LOCK_PROTECTS && !RT_LOCK_EXCLUDES_THREADS;
}

enum { RINGS = 20 };

// One thread makes the garbage and waits at its polls; the other, later, causes an automatic
// collection, if it is not asked for, and waits for all finalizers.
typedef struct Play {
    _Atomic unsigned scene;
    bool crosses; // a ring of the second refers to one of the first's
    bool asks;
    RtObject *link;
    Record records[2][RINGS];
} Play;

static void await(RtThread *t, _Atomic unsigned *scene, unsigned wanted)
{
    while (rt_atomic_load_acquire(scene) != wanted) {
        rt_poll(t);
        rt_thread_yield(t);
    }
}

static void make_rings(RtThread *t, Play *play, unsigned index)
{
    for (unsigned i = 0; i < RINGS; i++) {
        RtObject *node = ring(t, &play->records[index][i]);
        if (index == 0 && i == 0) play->link = rt_new_ref(t, node);
        if (index == 1 && i == 0 && play->crosses) append(t, node_of(node)->next, play->link);
        rt_decref(t, node);
    }
}

static bool all_finalized(Play *play)
{
    unsigned finalized = 0;
    for (unsigned i = 0; i < 2 * RINGS; i++)
        finalized += rt_atomic_load_relaxed(&play->records[i / RINGS][i % RINGS].finalized);
    return finalized == 2 * RINGS;
}

static void cause_a_collection(RtThread *t, Play *play)
{
    if (play->asks) {
        MUST(rt_gc_collect(t, 0) == 2 * 2 * RINGS);
        MUST(all_finalized(play));
    }
    set_thresholds(t, 1, 100, 100);
    for (uint64_t before = collections(t, 0); collections(t, 0) == before;) {
        rt_decref(t, new_list(t));
        rt_decref(t, pair(t));
        rt_poll(t);
    }
}

static void act(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Play *play = worker->shared;
    if (worker->index == 0) {
        make_rings(t, play, 0);
        rt_atomic_store_release(&play->scene, 1u);
        await(t, &play->scene, 2);
        return;
    }
    await(t, &play->scene, 1);
    make_rings(t, play, 1);
    rt_decref(t, play->link);
    cause_a_collection(t, play);
    while (!all_finalized(play))
        rt_thread_yield(t);
    rt_atomic_store_release(&play->scene, 2u);
}

// Of the first thread's rings, how many the other finalized.
static unsigned finalized_elsewhere(const Play *play)
{
    unsigned count = 0;
    for (unsigned i = 0; i < RINGS; i++)
        count += play->records[0][i].finalizer != play->records[0][i].maker;
    return count;
}

static void play_it(void **state, Play *play, unsigned elsewhere)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    set_thresholds(t, 1000000, 100, 100);
    test_run_threads(t, 2, act, play);
    if (owners_help()) assert_int_equal(finalized_elsewhere(play), elsewhere);
    for (unsigned i = 0; i < 2 * RINGS; i++)
        assert_int_equal(play->records[i / RINGS][i % RINGS].finalized, 1);
    rt_gc_collect(t, 2);
    assert_int_equal(live(t), 0);
    sound(t);
}

static void each_finalizes_its_own(void **state)
{
    Play play = {0};
    play_it(state, &play, 0);
}

// What the finalizers of one bring back could keep the other's.
static void not_if_garbage_refers_across(void **state)
{
    Play play = {.crosses = true};
    play_it(state, &play, RINGS);
}

static void not_if_somebody_waits(void **state)
{
    Play play = {.asks = true};
    play_it(state, &play, RINGS);
}

// ------------------------------------------------------------------ each thing once

enum { WORKERS = 4, ROUNDS = TEST_ROUNDS(1500) };

typedef struct Crowd {
    RtObject *shared;  // a list of WORKERS nodes or None
    RtObject *shelter; // a list
    Record records[WORKERS][ROUNDS];
} Crowd;

static Record *called; // the records, in the order of the callbacks' arguments

static void call(RtThread *t, RtObject *weakref, RtObject *argument)
{
    MUST(rt_weakref_get(t, weakref) == NULL);
    int64_t number = test_value(t, rt_new_ref(t, argument));
    rt_atomic_add_relaxed(&called[number].called, 1u);
}

static RtObject *weak_to(RtThread *t, RtObject *node, Record *record)
{
    RtObject *number = test_int(t, record - called);
    RtObject *weak = rt_weakref_new(t, node, call, number);
    MUST(weak != NULL);
    rt_decref(t, number);
    return weak;
}

// Some are brought back, some told of by weak references, and some refer to another thread's.
static void make_one(RtThread *t, Crowd *crowd, unsigned index, unsigned i)
{
    Record *record = &crowd->records[index][i];
    RtObject *node = ring(t, record);
    record->polls = i % 11 == 0;
    if (i % 3 == 0) record->shelter = crowd->shelter;
    if (i % 2 == 0) record->weak = weak_to(t, node, record);
    if (i % 50 == 0) {
        RtObject *other = rt_list_get(t, crowd->shared, (index + i) % WORKERS);
        append(t, node_of(node)->next, other);
        rt_decref(t, other);
        MUST(rt_list_set(t, crowd->shared, index, node));
    }
    rt_decref(t, node);
}

static void make_many(RtThread *t, void *argument)
{
    Worker *worker = argument;
    for (unsigned i = 0; i < ROUNDS; i++) {
        make_one(t, worker->shared, worker->index, i);
        rt_poll(t);
        if (i % 400 == 399) MUST(rt_gc_collect(t, (int)(i / 400 % 3)) >= 0);
    }
}

// What was brought back keeps others, which come back in their turn when it goes. Returns how
// many were.
static size_t end_all(RtThread *t, Crowd *crowd)
{
    size_t sheltered = 0;
    rt_decref(t, crowd->shared);
    rt_gc_collect(t, 2);
    for (size_t more; (more = rt_list_size(t, crowd->shelter)) != 0; sheltered += more) {
        rt_list_clear(t, crowd->shelter);
        rt_gc_collect(t, 2);
    }
    rt_decref(t, crowd->shelter);
    rt_gc_collect(t, 2); // what the last finalizers left of theirs (node_finalize's pairs)
    return sheltered;
}

static void check_records(RtThread *t, Record *records)
{
    for (unsigned i = 0; i < ROUNDS; i++) {
        assert_int_equal(records[i].finalized, 1);
        assert_int_equal(records[i].called, records[i].weak != NULL);
        rt_decref_null(t, records[i].weak);
    }
}

static void check_statistics(RtThread *t)
{
    RtGcStats stats[3];
    rt_gc_get_stats(t, stats);
    for (int g = 0; g < 3; g++)
        assert_int_equal(stats[g].survived + stats[g].collected, stats[g].examined);
}

static void everything_happens_once(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    set_thresholds(t, 60, 3, 3);
    static Crowd crowd;
    memset(&crowd, 0, sizeof crowd);
    called = crowd.records[0];
    crowd.shared = new_list(t);
    crowd.shelter = new_list(t);
    for (unsigned i = 0; i < WORKERS; i++)
        append(t, crowd.shared, rt_none());
    test_run_threads(t, WORKERS, make_many, &crowd);
    sound(t);
    assert_int_equal(end_all(t, &crowd), WORKERS * ((ROUNDS + 2) / 3));
    for (unsigned i = 0; i < WORKERS; i++)
        check_records(t, crowd.records[i]);
    check_statistics(t);
    assert_int_equal(live(t), 0);
    sound(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_finalizes_its_own),
        TEST(not_if_garbage_refers_across),
        TEST(not_if_somebody_waits),
        TEST(everything_happens_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
