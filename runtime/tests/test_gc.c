// The cycle collector: what it frees, what it leaves, and what finalizers do, alone and with
// other threads.
#include "testing_gc.h"

// ------------------------------------------------------------------ objects to collect

// A node's note: its finalizer tells, and may bring it back.
typedef struct Log {
    unsigned finalized;
    RtObject *shelter; // a list: the finalizer appends its object there; NULL: it does not
    bool collects;     // the finalizer collects
} Log;

static void node_finalize(RtThread *t, RtObject *object)
{
    Log *log = node_of(object)->note;
    log->finalized++;
    if (log->collects) MUST(rt_gc_collect(t, 2) >= 0);
    if (log->shelter != NULL) MUST(rt_list_append(t, log->shelter, object));
}

static const RtType node_type = {NODE_TYPE(node_finalize)};

static RtObject *new_node(RtThread *t, Log *log)
{
    return node_new(t, &node_type, log);
}

static void set_next(RtThread *t, RtObject *object, RtObject *next)
{
    RtObject *old = node_of(object)->next;
    node_of(object)->next = rt_new_ref(t, next);
    rt_decref_null(t, old);
}

// ------------------------------------------------------------------ what is garbage

static void two_lists(void **state)
{
    RtThread *t = manual(state);
    rt_decref(t, pair(t));
    assert_int_equal(live(t), 2);
    assert_int_equal(rt_gc_collect(t, 2), 2);
    assert_int_equal(live(t), 0);
    assert_int_equal(rt_gc_collect(t, 2), 0);
    sound(t);
}

static void one_in_itself(void **state)
{
    RtThread *t = manual(state);
    RtObject *list = new_list(t);
    append(t, list, list);
    rt_decref(t, list);
    RtObject *dict = rt_dict_new(t);
    assert_true(rt_dict_set(t, dict, rt_none(), dict));
    rt_decref(t, dict);
    RtObject *instance = rt_instance_new(t);
    assert_true(rt_instance_set(t, instance, rt_str_intern(t, "me", 2), instance));
    rt_decref(t, instance);
    RtObject *inner = new_list(t);
    RtObject *tuple = rt_tuple_new(t, 2);
    rt_tuple_set_steal(tuple, 0, inner);
    append(t, inner, tuple);
    rt_decref(t, tuple);
    assert_int_equal(rt_gc_collect(t, 0), 5);
    assert_int_equal(live(t), 0);
    sound(t);
}

// What only garbage refers to is garbage, containers or not.
static void hanging_off_garbage(void **state)
{
    RtThread *t = manual(state);
    RtObject *a = pair(t);
    RtObject *hanging = rt_dict_new(t);
    RtObject *value = rt_float_new(t, 1.5);
    assert_true(rt_dict_set(t, hanging, rt_none(), value));
    append(t, a, hanging);
    rt_decref(t, value);
    rt_decref(t, hanging);
    rt_decref(t, a);
    assert_int_equal(rt_gc_collect(t, 2), 3);
    assert_int_equal(live(t), 0);
}

// The living are left as they are, whatever they reach too, cyclic or not.
static void the_living_stay(void **state)
{
    RtThread *t = manual(state);
    RtObject *a = pair(t);
    RtObject *hanging = pair(t);
    append(t, a, hanging);
    rt_decref(t, hanging);
    rt_decref(t, pair(t));
    assert_int_equal(rt_gc_collect(t, 2), 2);
    assert_int_equal(live(t), 4);
    test_repr(t, rt_new_ref(t, a), "[[[...]], [[[...]]]]");
    sound(t);
    rt_decref(t, a);
    assert_int_equal(rt_gc_collect(t, 2), 4);
    assert_int_equal(live(t), 0);
}

// So many references that the sum in the collector's word, which is one modulo 2^26, is zero;
// and about as many as make it negative.
static void more_references_than_are_counted(void **state)
{
    enum { MANY = 1 << 26, EDGE = 1 << 25 };
    RtThread *t = manual(state);
    RtObject *list = new_list(t);
    append(t, list, list);
    for (int i = 1; i < MANY; i++) {
        rt_incref(t, list);
        if (i >= EDGE - 2 && i <= EDGE + 2) assert_int_equal(rt_gc_collect(t, 2), 0);
    }
    assert_int_equal(rt_gc_collect(t, 2), 0);
    assert_int_equal(rt_list_size(t, list), 1);
    sound(t);
    for (int i = 0; i < MANY; i++)
        rt_decref(t, list);
    assert_int_equal(rt_gc_collect(t, 2), 1);
}

// As many as to fill several spans and buffers, in a ring.
static void a_long_ring(void **state)
{
    enum { LENGTH = 20000 };
    RtThread *t = manual(state);
    RtObject *first = new_list(t);
    RtObject *last = rt_new_ref(t, first);
    for (int i = 1; i < LENGTH; i++) {
        RtObject *next = new_list(t);
        append(t, last, next);
        rt_decref(t, last);
        last = next;
    }
    append(t, last, first);
    rt_decref(t, last);
    assert_int_equal(rt_gc_collect(t, 1), 0);
    sound(t);
    rt_decref(t, first);
    assert_int_equal(rt_gc_collect(t, 1), 0); // they are in generation 2
    assert_int_equal(rt_gc_collect(t, 2), LENGTH);
    assert_int_equal(live(t), 0);
}

// A tuple too large for a size class has a span of its own.
static void large_objects(void **state)
{
    RtThread *t = manual(state);
    for (int i = 0; i < 3; i++) {
        RtObject *tuple = rt_tuple_new(t, 1000);
        RtObject *list = new_list(t);
        append(t, list, tuple);
        rt_tuple_set_steal(tuple, 999, list);
        assert_int_equal(rt_gc_collect(t, i), 0);
        rt_decref(t, tuple);
        assert_int_equal(rt_gc_collect(t, 2), 2);
        assert_int_equal(live(t), 0);
        sound(t);
    }
}

// Immortals and constants are nobody's garbage, and what they hold is alive.
static void immortals(void **state)
{
    RtThread *t = manual(state);
    RtObject *a = pair(t);
    append(t, a, rt_none());
    append(t, a, rt_bool(true));
    append(t, a, rt_str_intern(t, "immortal", 8));
    rt_decref(t, a);
    RtObject *immortal = new_list(t);
    RtObject *list = new_list(t);
    append(t, immortal, list);
    rt_decref(t, list);
    rt_ref_make_immortal(&immortal->ref);
    assert_false(rt_gc_is_tracked(immortal));
    assert_int_equal(rt_gc_collect(t, 2), 2);
    assert_int_equal(live(t), 1);
    sound(t);
    rt_list_clear(t, immortal);
}

// Its count never reaches zero, so the collector is the one to free it, in a cycle or not.
static void deferred_counts(void **state)
{
    RtThread *t = manual(state);
    RtObject *a = pair(t);
    rt_defer(t, a);
    RtObject *alone = new_list(t);
    rt_defer(t, alone);
    assert_int_equal(rt_gc_collect(t, 2), 0);
    sound(t);
    rt_decref(t, a);
    rt_decref(t, alone);
    rt_gc_collect(t, 2);
    assert_int_equal(live(t), 0);
}

// ------------------------------------------------------------------ finalizers

static RtObject *ring_of_nodes(RtThread *t, Log *log, int count)
{
    RtObject *first = new_node(t, log);
    RtObject *last = rt_new_ref(t, first);
    for (int i = 1; i < count; i++) {
        RtObject *next = new_node(t, log);
        set_next(t, last, next);
        rt_decref(t, last);
        last = next;
    }
    set_next(t, last, first);
    rt_decref(t, last);
    return first;
}

static void a_finalizer_runs_once(void **state)
{
    RtThread *t = manual(state);
    Log log = {0};
    rt_decref(t, ring_of_nodes(t, &log, 5));
    rt_gc_collect(t, 2);
    assert_int_equal(log.finalized, 5);
    assert_int_equal(live(t), 0);
    rt_decref(t, new_node(t, &log)); // dies by its count, in a block that was finalized
    assert_int_equal(log.finalized, 6);
    assert_int_equal(live(t), 0);
}

static void a_chain_of_finalizers(void **state)
{
    RtThread *t = manual(state);
    Log log = {0};
    RtObject *chain = NULL;
    for (int i = 0; i < 10000; i++) {
        RtObject *node = new_node(t, &log);
        if (chain != NULL) set_next(t, node, chain);
        rt_decref_null(t, chain);
        chain = node;
    }
    rt_decref(t, chain);
    assert_int_equal(log.finalized, 10000);
    assert_int_equal(live(t), 0);
}

// Brought back from the dead, whether by count or by the collector, it lives, and dies for good
// without another word.
static void resurrection(void **state)
{
    RtThread *t = manual(state);
    Log log = {.shelter = new_list(t)};
    rt_decref(t, new_node(t, &log));
    assert_int_equal(rt_list_size(t, log.shelter), 1);
    assert_int_equal(live(t), 2);
    sound(t);
    rt_list_clear(t, log.shelter);
    assert_int_equal(live(t), 1);
    assert_int_equal(log.finalized, 1);

    Log silent = {0};
    RtObject *ring = ring_of_nodes(t, &silent, 3); // hangs off one that comes back
    RtObject *node = new_node(t, &log);
    RtObject *pendant = new_list(t);
    append(t, pendant, node);
    append(t, pendant, ring);
    set_next(t, node, pendant);
    rt_decref(t, node);
    rt_decref(t, ring);
    rt_decref(t, pendant);
    rt_decref(t, ring_of_nodes(t, &silent, 2)); // does not
    assert_int_equal(rt_gc_collect(t, 2), 2);
    assert_int_equal(log.finalized, 2);
    assert_int_equal(silent.finalized, 5);
    assert_int_equal(live(t), 1 + 5);
    sound(t);
    rt_list_clear(t, log.shelter);
    assert_int_equal(rt_gc_collect(t, 2), 5);
    assert_int_equal(log.finalized, 2);
    assert_int_equal(silent.finalized, 5);
    assert_int_equal(live(t), 1);
    rt_decref(t, log.shelter);
}

// Two objects that an owner finds dead in one go, by merging: the finalizer of the first runs a
// collection, which takes the second for a free block, before that one comes back.
typedef struct Drops {
    RtObject *objects[2];
    _Atomic unsigned done;
} Drops;

static void drop_both(RtThread *t, void *argument)
{
    Drops *drops = argument;
    rt_decref(t, drops->objects[0]);
    rt_decref(t, drops->objects[1]);
    rt_atomic_store_release(&drops->done, 1u);
}

static void resurrection_after_a_collection(void **state)
{
    if (!RT_REF_NEEDS_THREAD_HEAP || RT_LOCK_EXCLUDES_THREADS) skip();
    RtThread *t = manual(state);
    Log log = {.shelter = new_list(t), .collects = true};
    Drops drops = {.objects = {new_node(t, &log), new_node(t, &log)}};
    RtThreadHandle *handle = rt_thread_start(t, drop_both, &drops);
    assert_non_null(handle);
    while (rt_atomic_load_acquire(&drops.done) == 0) // without a poll: the two must queue up
        rt_cpu_yield();
    rt_poll(t);
    assert_int_equal(log.finalized, 2);
    assert_int_equal(rt_list_size(t, log.shelter), 2);
    sound(t);
    rt_thread_join(t, handle);
    rt_decref(t, log.shelter);
}

// ------------------------------------------------------------------ threads

enum { ROUNDS = TEST_ROUNDS(3000) };

// Cycles, some with references to what all share, and the shared list holding some of them.
static void make_garbage(RtThread *t, void *argument)
{
    Worker *worker = argument;
    for (int i = 0; i < ROUNDS; i++) {
        RtObject *a = pair(t);
        append(t, a, worker->shared);
        if (i % 7 == 0) append(t, worker->shared, a);
        rt_decref(t, a);
        if (i % 50 == 49) {
            RtObject *last = rt_list_pop(t, worker->shared);
            rt_decref_null(t, last);
            rt_error_clear(t);
        }
        if (i % 500 == (int)worker->index) MUST(rt_gc_collect(t, (int)worker->index % 3) >= 0);
        rt_poll(t);
    }
}

static void threads_make_garbage(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    set_thresholds(t, 50, 2, 2);
    RtObject *shared = new_list(t);
    test_run_threads(t, 4, make_garbage, shared);
    sound(t);
    rt_decref(t, shared);
    rt_gc_collect(t, 2);
    assert_int_equal(live(t), 0);
    sound(t);
    assert_true(collections(t, 0) > 0);
}

// One collects and audits while the others change one tree of objects and drop what it held.
static void change(RtThread *t, RtObject *shared, unsigned index)
{
    for (int i = 0; i < ROUNDS; i++) {
        RtObject *a = pair(t);
        MUST(rt_list_set(t, shared, (index + (unsigned)i) % 4, a));
        rt_decref(t, a);
        rt_poll(t);
    }
}

static void change_or_collect(RtThread *t, void *argument)
{
    Worker *worker = argument;
    if (worker->index != 0) {
        change(t, worker->shared, worker->index);
        return;
    }
    for (int i = 0; i < 30; i++) {
        MUST(rt_gc_collect(t, i % 3) >= 0);
        MUST(rt_gc_audit(t) == NULL);
        rt_thread_yield(t);
    }
}

static void collecting_while_others_change(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    RtObject *shared = new_list(t);
    for (int i = 0; i < 4; i++)
        append(t, shared, rt_none());
    test_run_threads(t, 4, change_or_collect, shared);
    rt_decref(t, shared);
    rt_gc_collect(t, 2);
    assert_int_equal(live(t), 0);
    sound(t);
}

// Two threads wait for each other in turns, polling: one makes garbage, the other collects it.
typedef struct Turns {
    _Atomic unsigned turn;
    Log log;
    bool finalizes;
} Turns;

static void await(RtThread *t, _Atomic unsigned *turn, unsigned wanted)
{
    while (rt_atomic_load_acquire(turn) != wanted) {
        rt_poll(t);
        rt_thread_yield(t);
    }
}

static void make_all(RtThread *t, Turns *turns)
{
    for (int i = 0; i < 100; i++)
        rt_decref(t, pair(t));
    if (turns->finalizes) rt_decref(t, ring_of_nodes(t, &turns->log, 3));
}

static void make_or_collect(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Turns *turns = worker->shared;
    for (unsigned turn = worker->index; turn < 20; turn += 2) {
        await(t, &turns->turn, turn);
        if (worker->index == 0)
            make_all(t, turns);
        else
            MUST(rt_gc_collect(t, 0) == (turns->finalizes ? 203 : 200));
        rt_atomic_store_release(&turns->turn, turn + 1);
    }
    await(t, &turns->turn, 20);
}

static void garbage_of_a_running_thread(void **state)
{
    NEEDS_THREADS();
    RtThread *t = manual(state);
    for (int finalizes = 0; finalizes < 2; finalizes++) {
        Turns turns = {.finalizes = finalizes};
        test_run_threads(t, 2, make_or_collect, &turns);
        assert_int_equal(turns.log.finalized, finalizes ? 30 : 0);
        assert_int_equal(live(t), 0);
        sound(t);
    }
}

// What runs at once frees its own blocks. Without finalizers, that is.
static void each_tears_down_its_own(void **state)
{
    Fixture *fixture = *state;
    if (!test_counts() || !RT_LOCK_PROTECTS || RT_LOCK_EXCLUDES_THREADS) skip();
    RtThread *t = manual(state);
    Turns turns = {.finalizes = false};
    test_run_threads(t, 2, make_or_collect, &turns);
    assert_int_equal(test_counter(fixture->runtime, "gc_collected"), 10 * 200);
    assert_int_equal(test_counter(fixture->runtime, "free_foreign"), 0);
}

// Cycles and chains that lead to and fro between the heaps of two threads, both of which take
// part in the collection: what hangs on a reference from outside lives, whosever heap it is in.
// How many the collections after that find, is not said: each thread tears its own half down,
// and what has lost its last reference to the other is garbage until its owner merges.
static void link_to_and_fro(RtThread *t, RtObject *links)
{
    RtObject *last = rt_list_pop(t, links);
    RtObject *mine = new_list(t);
    append(t, mine, last);
    append(t, last, mine);
    append(t, links, mine);
    rt_decref(t, mine);
    rt_decref(t, last);
}

typedef struct Chain {
    _Atomic unsigned turn;
    RtObject *links; // a list with the last link only
} Chain;

static void lengthen(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Chain *chain = worker->shared;
    for (unsigned turn = worker->index; turn < 40; turn += 2) {
        await(t, &chain->turn, turn);
        if (turn < 30) link_to_and_fro(t, chain->links);
        if (turn >= 30) {
            int64_t collected = rt_gc_collect(t, 2);
            MUST(turn > 35 || collected == (turn == 35 ? 31 : 0));
        }
        if (turn == 34) {
            RtObject *last = rt_list_pop(t, chain->links);
            append(t, chain->links, rt_none());
            rt_decref(t, last);
        }
        rt_atomic_store_release(&chain->turn, turn + 1);
    }
    await(t, &chain->turn, 40);
}

static void a_chain_through_two_heaps(void **state)
{
    NEEDS_THREADS();
    RtThread *t = manual(state);
    Chain chain = {.links = new_list(t)};
    RtObject *first = new_list(t);
    append(t, chain.links, first);
    rt_decref(t, first);
    test_run_threads(t, 2, lengthen, &chain);
    sound(t);
    rt_decref(t, chain.links);
    assert_int_equal(live(t), 0);
}

// Made by one thread, which has left; found by another.
static void make_and_leave(RtThread *t, void *argument)
{
    (void)argument;
    for (int i = 0; i < 100; i++)
        rt_decref(t, pair(t));
}

static void garbage_of_the_departed(void **state)
{
    NEEDS_THREADS();
    RtThread *t = manual(state);
    test_run_threads(t, 3, make_and_leave, NULL);
    assert_int_equal(live(t), 600);
    assert_int_equal(rt_gc_collect(t, 0), 600);
    assert_int_equal(live(t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(two_lists),
        TEST(one_in_itself),
        TEST(hanging_off_garbage),
        TEST(the_living_stay),
        TEST(more_references_than_are_counted),
        TEST(a_long_ring),
        TEST(large_objects),
        TEST(immortals),
        TEST(deferred_counts),
        TEST(a_finalizer_runs_once),
        TEST(a_chain_of_finalizers),
        TEST(resurrection),
        TEST(resurrection_after_a_collection),
        TEST(threads_make_garbage),
        TEST(collecting_while_others_change),
        TEST(garbage_of_a_running_thread),
        TEST(each_tears_down_its_own),
        TEST(a_chain_through_two_heaps),
        TEST(garbage_of_the_departed),
    };
    return cmocka_run_group_tests_name("gc", tests, NULL, NULL);
}
