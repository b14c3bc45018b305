#include "object/list.h"
#include "testing.h"

static RtObject *numbers(RtThread *t, int64_t count)
{
    RtObject *list = rt_list_new(t, 0);
    for (int64_t i = 0; i < count; i++) {
        RtObject *item = test_int(t, i * 1000);
        assert_true(rt_list_append(t, list, item));
        rt_decref(t, item);
    }
    return list;
}

static void append_get_pop(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = numbers(t, 5000);
    assert_int_equal(rt_list_size(t, list), 5000);
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(test_value(t, rt_list_get(t, list, i)), i * 1000);
    for (int64_t i = 4999; i >= 0; i--)
        assert_int_equal(test_value(t, rt_list_pop(t, list)), i * 1000);
    assert_null(rt_list_pop(t, list));
    test_error(t, RT_ERROR_INDEX);
    rt_decref(t, list);
}

static void indexes_are_checked(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = rt_list_new(t, 10);
    assert_int_equal(rt_list_size(t, list), 0); // capacity is not size
    assert_null(rt_list_get(t, list, 0));
    test_error(t, RT_ERROR_INDEX);
    assert_false(rt_list_set(t, list, 0, rt_none()));
    test_error(t, RT_ERROR_INDEX);
    rt_decref(t, list);
}

static void set_drops_the_old(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = numbers(t, 3);
    RtObject *old = rt_list_get(t, list, 1);
    RtObject *item = test_str(t, "new");
    assert_true(rt_list_set(t, list, 1, item));
    assert_true(rt_is_unique(t, old));
    assert_false(rt_is_unique(t, item));
    assert_true(rt_list_set(t, list, 1, item)); // over itself
    rt_decref(t, old);
    rt_decref(t, item);
    test_repr(t, list, "[0, 'new', 2000]");
}

static void extend(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *a = numbers(t, 2);
    RtObject *b = numbers(t, 3);
    RtObject *empty = rt_list_new(t, 0);
    assert_true(rt_list_extend(t, a, b));
    assert_true(rt_list_extend(t, a, empty));
    assert_true(rt_list_extend(t, empty, empty));
    assert_true(rt_list_extend(t, b, b)); // itself
    assert_false(rt_list_extend(t, a, rt_none()));
    test_error(t, RT_ERROR_TYPE);
    test_repr(t, a, "[0, 1000, 0, 1000, 2000]");
    test_repr(t, b, "[0, 1000, 2000, 0, 1000, 2000]");
    test_repr(t, empty, "[]");
}

static void clear(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = numbers(t, 100);
    RtObject *kept = rt_list_get(t, list, 50);
    rt_list_clear(t, list);
    assert_int_equal(rt_list_size(t, list), 0);
    assert_true(rt_is_unique(t, kept));
    rt_list_clear(t, list);
    assert_true(rt_list_append(t, list, kept)); // usable as before
    rt_decref(t, kept);
    test_repr(t, list, "[50000]");
}

static void equality(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *a = numbers(t, 10);
    RtObject *b = numbers(t, 10);
    assert_int_equal(rt_object_equal(t, a, b), 1);
    RtObject *item = rt_float_new(t, 3000);
    assert_true(rt_list_set(t, b, 3, item));
    assert_int_equal(rt_object_equal(t, a, b), 1);
    assert_true(rt_list_set(t, b, 9, item));
    assert_int_equal(rt_object_equal(t, a, b), 0);
    rt_decref(t, rt_list_pop(t, b));
    assert_int_equal(rt_object_equal(t, a, b), 0);
    rt_decref(t, item);
    rt_decref(t, a);
    rt_decref(t, b);
}

static void a_list_inside_itself(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = numbers(t, 1);
    assert_true(rt_list_append(t, list, list));
    test_repr(t, rt_new_ref(t, list), "[0, [...]]");
    rt_list_clear(t, list);
    rt_decref(t, list);
}

static void impossible_capacity(void **state)
{
    RtThread *t = test_thread(state);
    assert_null(rt_list_new(t, SIZE_MAX / 4));
    test_error(t, RT_ERROR_MEMORY);
}

// Appending moves items, on average, a constant number of times: the arrays' bytes add up to
// a small multiple of the last one's. And a list that has the capacity allocates nothing.
static void growth_is_amortised(void **state)
{
    if (!test_counts()) skip();
    Fixture *fixture = *state;
    RtObject *list = numbers(fixture->t, 10000);
    uint64_t bytes = test_counter(fixture->runtime, "array_bytes");
    uint64_t arrays = test_counter(fixture->runtime, "array_allocs");
    assert_in_range(bytes, 80000, 80000 * 5);
    assert_in_range(arrays, 5, 40);
    rt_decref(fixture->t, list);
    list = rt_list_new(fixture->t, 1000);
    for (int i = 0; i < 1000; i++)
        assert_true(rt_list_append(fixture->t, list, rt_none()));
    assert_int_equal(test_counter(fixture->runtime, "array_allocs"), arrays + 1);
    rt_decref(fixture->t, list);
}

// So that threads which iterate over one list do not wait for each other at its end.
static void the_end_needs_no_section(void **state)
{
    Fixture *fixture = *state;
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS || !test_counts()) skip();
    RtObject *list = numbers(fixture->t, 10);
    uint64_t sections = test_counter(fixture->runtime, "section_begin");
    assert_null(rt__list_item(fixture->t, list, 10));
    assert_null(rt__list_item(fixture->t, list, SIZE_MAX));
    assert_int_equal(test_counter(fixture->runtime, "section_begin"), sections);
    rt_decref(fixture->t, list);
}

// What the runtime's end finds alive gives its arrays back (the address sanitizer's leak check
// is the judge).
static void lists_alive_at_the_end(void **state)
{
    (void)state;
    RtRuntime *runtime = rt_runtime_create(NULL);
    Fixture *fixture = *state;
    rt_thread_leave(fixture->t);
    RtThread *t = rt_thread_enter(runtime);
    numbers(t, 100);
    rt_thread_leave(t);
    assert_int_not_equal(rt_runtime_live_objects(runtime), 0);
    rt_runtime_destroy(runtime);
    fixture->t = rt_thread_enter(fixture->runtime);
}

// ------------------------------------------------------------------ threads

#define ROUNDS TEST_ROUNDS(20000)

static void append_many(RtThread *t, void *argument)
{
    Worker *worker = argument;
    for (int64_t i = 0; i < ROUNDS; i++) {
        RtObject *item = test_int(t, (int64_t)worker->index * ROUNDS + i);
        MUST(rt_list_append(t, worker->shared, item));
        rt_decref(t, item);
        rt_poll(t);
    }
}

// No append is lost, and each thread's are in its order.
static void threads_append(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    RtObject *list = rt_list_new(t, 0);
    test_run_threads(t, 4, append_many, list);
    assert_int_equal(rt_list_size(t, list), 4 * ROUNDS);
    int64_t next[4] = {0, ROUNDS, 2 * ROUNDS, 3 * ROUNDS};
    for (size_t i = 0; i < 4 * ROUNDS; i++) {
        int64_t value = test_value(t, rt_list_get(t, list, i));
        assert_int_equal(value, next[value / ROUNDS]++);
    }
    rt_decref(t, list);
}

typedef struct Pair {
    RtObject *lists[2];
} Pair;

static void one_random_change(RtThread *t, RtObject *list, RtObject *other, uint64_t *seed)
{
    RtObject *item = NULL;
    uint64_t draw = test_random(seed);
    size_t index = (size_t)(draw >> 32) % 20;
    switch (draw % 8) {
    case 0:
    case 1:
    case 2:
        item = test_int(t, (int64_t)(draw >> 40));
        MUST(rt_list_append(t, list, item));
        break;
    case 3:
        item = rt_list_pop(t, list);
        break;
    case 4:
        item = rt_list_get(t, list, index);
        break;
    case 5:
        item = test_int(t, (int64_t)(draw >> 40));
        rt_list_set(t, list, index, item);
        break;
    case 6:
        if (rt_list_size(t, list) + rt_list_size(t, other) < 200)
            MUST(rt_list_extend(t, list, other));
        break;
    default:
        if (draw >> 60 == 0) rt_list_clear(t, list);
    }
    rt_decref_null(t, item);
    rt_error_clear(t);
}

static void change_at_random(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Pair *pair = worker->shared;
    uint64_t seed = worker->index + 100;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t which = test_random(&seed) & 1;
        one_random_change(t, pair->lists[which], pair->lists[1 - which], &seed);
        rt_poll(t);
    }
}

// All operations against each other, both ways round: items are never lost or freed early
// (the teardown counts them, the sanitizers look on).
static void threads_change_at_random(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    Pair pair = {{rt_list_new(t, 0), rt_list_new(t, 0)}};
    test_run_threads(t, 4, change_at_random, &pair);
    rt_decref(t, pair.lists[0]);
    rt_decref(t, pair.lists[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(append_get_pop),
        TEST(indexes_are_checked),
        TEST(set_drops_the_old),
        TEST(extend),
        TEST(clear),
        TEST(equality),
        TEST(a_list_inside_itself),
        TEST(impossible_capacity),
        TEST(growth_is_amortised),
        TEST(the_end_needs_no_section),
        TEST(threads_append),
        TEST(lists_alive_at_the_end),
        TEST(threads_change_at_random),
    };
    return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
