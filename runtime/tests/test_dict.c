#include "testing.h"

#include <stdio.h>

static void put(RtThread *t, RtObject *dict, int64_t key, int64_t value)
{
    RtObject *k = test_int(t, key);
    RtObject *v = test_int(t, value);
    MUST(rt_dict_set(t, dict, k, v));
    rt_decref(t, k);
    rt_decref(t, v);
}

// The value at an int key, or -1.
static int64_t at(RtThread *t, RtObject *dict, int64_t key)
{
    RtObject *k = test_int(t, key);
    RtObject *value = rt_dict_get(t, dict, k);
    rt_decref(t, k);
    if (value != NULL) return test_value(t, value);
    MUST(rt_error_kind(t) == RT_ERROR_KEY);
    rt_error_clear(t);
    return -1;
}

static bool take_out(RtThread *t, RtObject *dict, int64_t key)
{
    RtObject *k = test_int(t, key);
    bool done = rt_dict_delete(t, dict, k);
    rt_decref(t, k);
    if (!done) MUST(rt_error_kind(t) == RT_ERROR_KEY);
    rt_error_clear(t);
    return done;
}

// The keys in order of iteration, as text.
static void order_is(RtThread *t, RtObject *dict, const char *expected)
{
    char text[256] = "";
    RtObject *key;
    for (size_t position = 0; rt_dict_next(t, dict, &position, &key, NULL);) {
        size_t size = strlen(text);
        snprintf(text + size, sizeof text - size, "%lld ", (long long)test_value(t, key));
    }
    assert_string_equal(text, expected);
}

static void set_get_delete(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    assert_int_equal(at(t, dict, 1), -1);
    assert_false(take_out(t, dict, 1));
    put(t, dict, 1, 10000);
    put(t, dict, 2, 20000);
    put(t, dict, 1, 30000);
    assert_int_equal(rt_dict_size(t, dict), 2);
    assert_int_equal(at(t, dict, 1), 30000);
    assert_true(take_out(t, dict, 1));
    assert_false(take_out(t, dict, 1));
    assert_int_equal(at(t, dict, 1), -1);
    assert_int_equal(at(t, dict, 2), 20000);
    RtObject *two = test_int(t, 2);
    assert_int_equal(rt_dict_contains(t, dict, two), 1);
    assert_int_equal(rt_dict_contains(t, dict, rt_none()), 0);
    rt_decref(t, dict);
}

// Insertion order: kept by overwriting, lost by deleting, whole across resizes.
static void iteration_is_in_insertion_order(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    for (int64_t i = 9; i >= 0; i--)
        put(t, dict, i, i);
    put(t, dict, 5, 50);
    order_is(t, dict, "9 8 7 6 5 4 3 2 1 0 ");
    take_out(t, dict, 9);
    take_out(t, dict, 4);
    put(t, dict, 9, 9);
    order_is(t, dict, "8 7 6 5 3 2 1 0 9 ");
    for (int64_t i = 100; i < 110; i++)
        put(t, dict, i, i);
    order_is(t, dict, "8 7 6 5 3 2 1 0 9 100 101 102 103 104 105 106 107 108 109 ");
    rt_decref(t, dict);
}

static void next_gives_either_part(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    put(t, dict, 1, 1000);
    size_t position = 0;
    RtObject *value;
    assert_true(rt_dict_next(t, dict, &position, NULL, &value));
    assert_int_equal(test_value(t, value), 1000);
    assert_false(rt_dict_next(t, dict, &position, NULL, &value));
    assert_false(rt_dict_next(t, dict, &position, NULL, NULL));
    rt_decref(t, dict);
}

static void keys_equal_across_types(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    put(t, dict, 1, 1);
    RtObject *one = rt_float_new(t, 1.0);
    RtObject *value = test_str(t, "float");
    assert_true(rt_dict_set(t, dict, one, value));
    assert_true(rt_dict_set(t, dict, rt_bool(true), value));
    rt_decref(t, one);
    rt_decref(t, value);
    test_repr(t, dict, "{1: 'float'}"); // the first key stays, as in Python
}

static void keys_of_every_hashable_type(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    RtObject *instance = rt_instance_new(t);
    RtObject *tuple = rt_tuple_new(t, 1);
    rt_tuple_set_steal(tuple, 0, test_str(t, "x"));
    RtObject *same = rt_tuple_new(t, 1);
    rt_tuple_set_steal(same, 0, rt_str_intern(t, "x", 1));
    assert_true(rt_dict_set(t, dict, tuple, rt_none()));
    assert_true(rt_dict_set(t, dict, instance, rt_none()));
    assert_true(rt_dict_set(t, dict, rt_none(), rt_none()));
    assert_int_equal(rt_dict_contains(t, dict, same), 1);
    assert_int_equal(rt_dict_contains(t, dict, instance), 1);
    assert_int_equal(rt_dict_contains(t, dict, rt_none()), 1);
    assert_true(rt_dict_delete(t, dict, same));
    assert_int_equal(rt_dict_size(t, dict), 2);
    rt_decref(t, tuple);
    rt_decref(t, same);
    rt_decref(t, instance);
    rt_decref(t, dict);
}

static void unhashable_keys(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    assert_false(rt_dict_set(t, dict, dict, rt_none()));
    test_error(t, RT_ERROR_TYPE);
    assert_null(rt_dict_get(t, dict, dict));
    test_error(t, RT_ERROR_TYPE);
    assert_int_equal(rt_dict_contains(t, dict, dict), -1);
    test_error(t, RT_ERROR_TYPE);
    assert_null(rt_dict_setdefault(t, dict, dict, rt_none()));
    test_error(t, RT_ERROR_TYPE);
    assert_false(rt_dict_delete(t, dict, dict));
    test_error(t, RT_ERROR_TYPE);
    rt_decref(t, dict);
}

static void setdefault(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    RtObject *key = test_str(t, "key");
    RtObject *a = test_int(t, 1000);
    RtObject *b = test_int(t, 2000);
    RtObject *first = rt_dict_setdefault(t, dict, key, a);
    RtObject *second = rt_dict_setdefault(t, dict, key, b);
    assert_ptr_equal(first, a);
    assert_ptr_equal(second, a);
    assert_true(rt_is_unique(t, b));
    RtObject *const held[] = {key, a, b, first, second, dict};
    for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
        rt_decref(t, held[i]);
}

static void equality_ignores_order(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *a = rt_dict_new(t);
    RtObject *b = rt_dict_new(t);
    for (int64_t i = 0; i < 100; i++) {
        put(t, a, i, i * 1000);
        put(t, b, 99 - i, (99 - i) * 1000);
    }
    assert_int_equal(rt_object_equal(t, a, b), 1);
    put(t, b, 50, 1);
    assert_int_equal(rt_object_equal(t, a, b), 0);
    take_out(t, b, 50);
    put(t, b, 500, 50000);
    assert_int_equal(rt_object_equal(t, a, b), 0);
    rt_decref(t, a);
    rt_decref(t, b);
}

static void reprs_are_pythons(void **state)
{
    RtThread *t = test_thread(state);
    test_repr(t, rt_dict_new(t), "{}");
    RtObject *dict = rt_dict_new(t);
    put(t, dict, 1, 2);
    RtObject *key = test_str(t, "self");
    assert_true(rt_dict_set(t, dict, key, dict));
    rt_incref(t, dict);
    test_repr(t, dict, "{1: 2, 'self': {...}}");
    rt_dict_clear(t, dict);
    assert_int_equal(rt_dict_size(t, dict), 0);
    assert_int_equal(at(t, dict, 1), -1);
    rt_decref(t, key);
    rt_decref(t, dict);
}

// Every width of the index: a byte up to 128 slots, two up to 32768, four beyond.
static void many_keys(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    const int64_t count = 50000;
    for (int64_t i = 0; i < count; i++) {
        put(t, dict, i * 7919, i);
        if ((i & (i - 1)) == 0 || i % 1000 == 0) {
            assert_int_equal(at(t, dict, i / 2 * 7919), i / 2);
            assert_int_equal(at(t, dict, -i - 10), -1);
        }
    }
    assert_int_equal(rt_dict_size(t, dict), count);
    for (int64_t i = 0; i < count; i++)
        assert_int_equal(at(t, dict, i * 7919), i);
    for (int64_t i = 0; i < count; i += 2)
        assert_true(take_out(t, dict, i * 7919));
    for (int64_t i = 0; i < count; i++)
        assert_int_equal(at(t, dict, i * 7919), i % 2 ? i : -1);
    rt_decref(t, dict);
}

// Keys whose hashes share their low bits, and keys that come and go for ever: probes end, and
// the table does not grow with the number of keys that were once in it.
static void colliding_and_passing_keys(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    for (int64_t i = 0; i < 1000; i++)
        put(t, dict, i << 40, i);
    for (int64_t i = 0; i < 1000; i++)
        assert_int_equal(at(t, dict, i << 40), i);
    rt_dict_clear(t, dict);
    for (int64_t i = 0; i < 20000; i++) {
        put(t, dict, i, i);
        if (i >= 3) assert_true(take_out(t, dict, i - 3));
        assert_int_equal(rt_dict_size(t, dict), i < 3 ? i + 1 : 3);
    }
    order_is(t, dict, "19997 19998 19999 ");
    rt_decref(t, dict);
}

// Against a plain array, with random operations on few keys, so that all paths meet.
#define MODEL_KEYS 64
static void agrees_with_a_model(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    int64_t model[MODEL_KEYS];
    size_t used = 0;
    for (int i = 0; i < MODEL_KEYS; i++)
        model[i] = -1;
    uint64_t seed = 42;
    for (int step = 0; step < 50000; step++) {
        uint64_t draw = test_random(&seed);
        int64_t key = (int64_t)(draw >> 32) % MODEL_KEYS;
        bool present = model[key] != -1;
        switch (draw % 4) {
        case 0:
            put(t, dict, key, step);
            model[key] = step;
            used += !present;
            break;
        case 1:
            assert_int_equal(take_out(t, dict, key), present);
            model[key] = -1;
            used -= present;
            break;
        default:
            assert_int_equal(at(t, dict, key), model[key]);
        }
        assert_int_equal(rt_dict_size(t, dict), used);
        if (draw >> 54 == 0) {
            rt_dict_clear(t, dict);
            used = 0;
            for (int i = 0; i < MODEL_KEYS; i++)
                model[i] = -1;
        }
    }
    rt_decref(t, dict);
}

static void changing_while_iterating_is_safe(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    for (int64_t i = 0; i < 100; i++)
        put(t, dict, i, i * 1000);
    RtObject *key, *value;
    int seen = 0;
    for (size_t position = 0; rt_dict_next(t, dict, &position, &key, &value); seen++) {
        int64_t number = rt_int_value(key);
        take_out(t, dict, number);
        if (number % 10 == 0 && number < 100) put(t, dict, number + 1000, number);
        if (number == 1050) rt_dict_clear(t, dict);
        assert_true(number < 100 ? rt_int_value(value) == number * 1000 : true);
        rt_decref(t, key);
        rt_decref(t, value);
    }
    assert_in_range(seen, 100, 110);
    rt_decref(t, dict);
}

// ------------------------------------------------------------------ threads

#define ROUNDS TEST_ROUNDS(20000)

static void set_own_keys(RtThread *t, void *argument)
{
    Worker *worker = argument;
    int64_t first = (int64_t)worker->index * ROUNDS;
    for (int64_t i = first; i < first + ROUNDS; i++) {
        put(t, worker->shared, i, i + 1);
        MUST(at(t, worker->shared, i) == i + 1);
        if (i % 3 == 0) MUST(take_out(t, worker->shared, i));
        rt_poll(t);
    }
}

static void threads_set_their_own_keys(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    test_run_threads(t, 4, set_own_keys, dict);
    size_t left = 0;
    for (int64_t i = 0; i < 4 * ROUNDS; i++) {
        assert_int_equal(at(t, dict, i), i % 3 == 0 ? -1 : i + 1);
        left += i % 3 != 0;
    }
    assert_int_equal(rt_dict_size(t, dict), left);
    rt_decref(t, dict);
}

typedef struct Defaults {
    RtObject *dict;
    RtObject *results; // a list of what each thread got, in any order
} Defaults;

static void set_defaults(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Defaults *defaults = worker->shared;
    for (int64_t i = 0; i < ROUNDS; i++) {
        RtObject *key = test_int(t, i);
        RtObject *mine = test_int(t, 1000 + worker->index);
        RtObject *got = rt_dict_setdefault(t, defaults->dict, key, mine);
        RtObject *again = rt_dict_get(t, defaults->dict, key);
        MUST(got != NULL && got == again);
        if (got == mine) MUST(rt_list_append(t, defaults->results, key));
        RtObject *const held[] = {key, mine, got, again};
        for (size_t j = 0; j < 4; j++)
            rt_decref(t, held[j]);
        rt_poll(t);
    }
}

// Exactly one thread's default becomes the value of each key.
static void setdefault_is_atomic(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    Defaults defaults = {rt_dict_new(t), rt_list_new(t, 0)};
    test_run_threads(t, 4, set_defaults, &defaults);
    assert_int_equal(rt_dict_size(t, defaults.dict), ROUNDS);
    assert_int_equal(rt_list_size(t, defaults.results), ROUNDS);
    rt_decref(t, defaults.dict);
    rt_decref(t, defaults.results);
}

// Keys are tuples, so that comparing takes the way that may suspend the section.
static RtObject *tuple_key(RtThread *t, uint64_t number)
{
    RtObject *tuple = rt_tuple_new(t, 2);
    rt_tuple_set_steal(tuple, 0, test_str(t, "part"));
    rt_tuple_set_steal(tuple, 1, test_int(t, (int64_t)(1000 + number)));
    return tuple;
}

static void walk(RtThread *t, RtObject *dict)
{
    RtObject *key, *value;
    for (size_t position = 0; rt_dict_next(t, dict, &position, &key, &value);) {
        MUST(rt_tuple_size(key) == 2 && rt_int_check(value));
        rt_decref(t, key);
        rt_decref(t, value);
    }
}

static void change_at_random(RtThread *t, void *argument)
{
    Worker *worker = argument;
    RtObject *dict = worker->shared;
    uint64_t seed = worker->index + 7;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t draw = test_random(&seed);
        RtObject *key = tuple_key(t, draw % 30);
        RtObject *value = test_int(t, i + 1000);
        RtObject *got = NULL;
        switch ((draw >> 32) % 5) {
        case 0:
            MUST(rt_dict_set(t, dict, key, value));
            break;
        case 1:
            rt_dict_delete(t, dict, key);
            break;
        case 2:
            got = rt_dict_get(t, dict, key);
            break;
        case 3:
            got = rt_dict_setdefault(t, dict, key, value);
            MUST(got != NULL);
            break;
        default:
            if (draw >> 60 == 0) rt_dict_clear(t, dict);
            if (draw >> 60 == 1) walk(t, dict);
        }
        rt_decref_null(t, got);
        rt_decref(t, key);
        rt_decref(t, value);
        rt_error_clear(t);
        rt_poll(t);
    }
}

static void threads_change_at_random(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t);
    test_run_threads(t, 4, change_at_random, dict);
    walk(t, dict);
    rt_decref(t, dict);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(set_get_delete),
        TEST(iteration_is_in_insertion_order),
        TEST(next_gives_either_part),
        TEST(keys_equal_across_types),
        TEST(keys_of_every_hashable_type),
        TEST(unhashable_keys),
        TEST(setdefault),
        TEST(equality_ignores_order),
        TEST(reprs_are_pythons),
        TEST(many_keys),
        TEST(colliding_and_passing_keys),
        TEST(agrees_with_a_model),
        TEST(changing_while_iterating_is_safe),
        TEST(threads_set_their_own_keys),
        TEST(setdefault_is_atomic),
        TEST(threads_change_at_random),
    };
    return cmocka_run_group_tests_name("dict", tests, NULL, NULL);
}
