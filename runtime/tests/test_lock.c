// Critical sections on objects. Under a GIL they are nothing, and the same tests must pass.
#include "testing.h"

#define ROUNDS TEST_ROUNDS(100000)

typedef struct Guarded {
    RtObject *objects[2];
    uint64_t values[2]; // each guarded by its object's section; plain on purpose
} Guarded;

static Guarded new_guarded(RtThread *t)
{
    return (Guarded){{rt_list_new(t, 0), rt_list_new(t, 0)}, {0, 0}};
}

static void drop_guarded(RtThread *t, Guarded *guarded)
{
    assert_null(t->sections);
    rt_decref(t, guarded->objects[0]);
    rt_decref(t, guarded->objects[1]);
}

// Threads that do `work` leave these values.
static void run_guarded(void **state, unsigned threads, void (*work)(RtThread *, void *),
                        uint64_t first, uint64_t second)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    Guarded guarded = new_guarded(t);
    test_run_threads(t, threads, work, &guarded);
    assert_int_equal(guarded.values[0], first);
    assert_int_equal(guarded.values[1], second);
    drop_guarded(t, &guarded);
}

static void count_one(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Guarded *guarded = worker->shared;
    for (int i = 0; i < ROUNDS; i++) {
        RtSection section;
        rt_lock_object(t, &section, guarded->objects[0]);
        guarded->values[0]++;
        rt_unlock_object(t, &section);
        rt_poll(t);
    }
}

static void one_at_a_time(void **state)
{
    run_guarded(state, 4, count_one, 4 * ROUNDS, 0);
}

// Takes both objects, in an order that differs between threads, and moves a unit across.
static void move_units(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Guarded *guarded = worker->shared;
    unsigned from = worker->index % 2;
    for (int i = 0; i < ROUNDS; i++) {
        RtSection section;
        rt_lock_objects(t, &section, guarded->objects[from], guarded->objects[1 - from]);
        guarded->values[from]--;
        guarded->values[1 - from] += 2;
        rt_unlock_objects(t, &section);
        rt_poll(t);
    }
}

static void two_at_a_time(void **state)
{
    run_guarded(state, 4, move_units, 2 * ROUNDS, 2 * ROUNDS);
}

// Sections inside sections in opposite orders: a deadlock with plain locks. The inner one
// is held; the outer one may have been given up meanwhile and is back when it is innermost.
static void count_nested(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Guarded *guarded = worker->shared;
    unsigned outer_index = worker->index % 2;
    for (int i = 0; i < ROUNDS; i++) {
        RtSection outer, inner;
        rt_lock_object(t, &outer, guarded->objects[outer_index]);
        rt_lock_object(t, &inner, guarded->objects[1 - outer_index]);
        guarded->values[1 - outer_index]++;
        rt_unlock_object(t, &inner);
        guarded->values[outer_index]++;
        rt_unlock_object(t, &outer);
        rt_poll(t);
    }
}

static void opposite_orders_do_not_deadlock(void **state)
{
    run_guarded(state, 4, count_nested, 4 * ROUNDS, 4 * ROUNDS);
}

// The same object again: directly inside, with another between, twice in one section.
static void count_in_itself(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Guarded *guarded = worker->shared;
    RtObject *a = guarded->objects[0];
    RtObject *b = guarded->objects[1];
    for (int i = 0; i < ROUNDS / 4; i++) {
        RtSection first, second, third, fourth;
        rt_lock_object(t, &first, a);
        rt_lock_object(t, &second, a);
        guarded->values[0]++;
        rt_lock_objects(t, &third, a, b);
        guarded->values[0]++;
        guarded->values[1]++;
        rt_lock_objects(t, &fourth, b, b);
        guarded->values[1]++;
        rt_unlock_objects(t, &fourth);
        rt_unlock_objects(t, &third);
        rt_unlock_object(t, &second);
        guarded->values[0]++;
        rt_unlock_object(t, &first);
        rt_poll(t);
    }
}

static void an_object_within_itself(void **state)
{
    run_guarded(state, 3, count_in_itself, 3 * 3 * (ROUNDS / 4), 3 * 2 * (ROUNDS / 4));
}

// Holds inside sections: on another object, in opposite orders, and on the same one.
static void count_in_holds(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Guarded *guarded = worker->shared;
    unsigned own = worker->index % 2;
    for (int i = 0; i < ROUNDS; i++) {
        RtSection outer;
        rt_lock_object(t, &outer, guarded->objects[own]);
        RtHold hold = rt_hold_object(t, guarded->objects[1 - own]);
        guarded->values[1 - own]++;
        rt_let_go(t, hold);
        hold = rt_hold_object(t, guarded->objects[own]);
        guarded->values[own]++;
        rt_let_go(t, hold);
        guarded->values[own]++;
        rt_unlock_object(t, &outer);
        rt_poll(t);
    }
}

static void holds_exclude_as_sections_do(void **state)
{
    run_guarded(state, 4, count_in_holds, 6 * ROUNDS, 6 * ROUNDS);
}

// A thread that blocks gives its sections up: the others finish while it waits for them.
static void blocking_suspends_sections(void **state)
{
    NEEDS_THREADS();
    Fixture *fixture = *state;
    RtThread *t = fixture->t;
    Guarded guarded = new_guarded(t);
    RtSection outer, inner;
    rt_lock_objects(t, &outer, guarded.objects[0], guarded.objects[1]);
    rt_lock_object(t, &inner, guarded.objects[0]);
    guarded.values[0] = 1;
    test_run_threads(t, 2, count_one, &guarded);
    guarded.values[0]++; // held again
    rt_unlock_object(t, &inner);
    guarded.values[0]++;
    rt_unlock_objects(t, &outer);
    assert_int_equal(guarded.values[0], 3 + 2 * ROUNDS);
    drop_guarded(t, &guarded);
}

// ------------------------------------------------------------------ waiting

static bool anyone_parked(RtRuntime *runtime)
{
    bool found = false;
    for (unsigned i = 0; i < RT_LOT_BUCKETS && !found; i++) {
        RtBucket *bucket = &runtime->lot.buckets[i];
        rt_mutex_lock(&bucket->mutex);
        found = bucket->first != NULL;
        rt_mutex_unlock(&bucket->mutex);
    }
    return found;
}

static void add_one(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Guarded *guarded = worker->shared;
    RtSection section;
    rt_lock_object(t, &section, guarded->objects[0]);
    guarded->values[0]++;
    rt_unlock_object(t, &section);
}

// A waiter asleep for longer than the bound gets the lock from the hand that releases it.
static void the_longest_waiter_is_handed_the_lock(void **state)
{
    if (!RT_LOCK_PROTECTS || RT_LOCK_EXCLUDES_THREADS) skip();
    Fixture *fixture = *state;
    RtThread *t = fixture->t;
    Guarded guarded = new_guarded(t);
    Worker worker = {&guarded, 0, 1};
    RtSection section;
    rt_lock_object(t, &section, guarded.objects[0]);
    RtThreadHandle *handle = rt_thread_start(t, add_one, &worker);
    while (!anyone_parked(fixture->runtime))
        rt_cpu_yield();
    rt_clock_sleep(2 * RT_LOCK_FAIR_NS);
    guarded.values[0]++;
    rt_unlock_object(t, &section);
    rt_thread_join(t, handle);
    assert_int_equal(guarded.values[0], 2);
    if (test_counts()) {
        assert_int_equal(test_counter(fixture->runtime, "section_parked"), 1);
        assert_int_equal(test_counter(fixture->runtime, "section_handed"), 1);
    }
    drop_guarded(t, &guarded);
}

// More objects than buckets are contended at once, so waiters for different locks share queues.
#define CROWD 600
typedef struct Crowd {
    RtObject *objects[CROWD];
    uint64_t values[CROWD];
} Crowd;

static void count_crowd(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Crowd *crowd = worker->shared;
    uint64_t seed = worker->index / 2; // pairs of threads meet at the same objects
    for (int i = 0; i < ROUNDS; i++) {
        unsigned index = (unsigned)(test_random(&seed) % CROWD);
        RtSection section;
        rt_lock_object(t, &section, crowd->objects[index]);
        crowd->values[index]++;
        rt_unlock_object(t, &section);
        rt_poll(t);
    }
}

static void a_crowd(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    static Crowd crowd;
    for (int i = 0; i < CROWD; i++) {
        crowd.objects[i] = rt_list_new(t, 0);
        crowd.values[i] = 0;
    }
    test_run_threads(t, 4, count_crowd, &crowd);
    uint64_t total = 0;
    for (int i = 0; i < CROWD; i++) {
        total += crowd.values[i];
        rt_decref(t, crowd.objects[i]);
    }
    assert_int_equal(total, 4 * ROUNDS);
}

// An uncontended section is one that nobody waits for.
static void uncontended_sections_are_fast(void **state)
{
    if (!test_counts()) skip();
    Fixture *fixture = *state;
    Guarded guarded = new_guarded(fixture->t);
    Worker worker = {&guarded, 0, 1};
    count_one(fixture->t, &worker);
    move_units(fixture->t, &worker);
    assert_int_equal(test_counter(fixture->runtime, "section_slow"), 0);
    assert_int_equal(test_counter(fixture->runtime, "section_parked"), 0);
    drop_guarded(fixture->t, &guarded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_at_a_time),
        TEST(two_at_a_time),
        TEST(opposite_orders_do_not_deadlock),
        TEST(an_object_within_itself),
        TEST(holds_exclude_as_sections_do),
        TEST(blocking_suspends_sections),
        TEST(the_longest_waiter_is_handed_the_lock),
        TEST(a_crowd),
        TEST(uncontended_sections_are_fast),
    };
    return cmocka_run_group_tests_name("lock", tests, NULL, NULL);
}
