#include "testing.h"

static RtObject *pair(RtThread *t, RtObject *a_steal, RtObject *b_steal)
{
    RtObject *tuple = rt_tuple_new(t, 2);
    rt_tuple_set_steal(tuple, 0, a_steal);
    rt_tuple_set_steal(tuple, 1, b_steal);
    return tuple;
}

static void items_are_kept(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *item = test_int(t, 1000);
    RtObject *tuple = pair(t, rt_new_ref(t, item), rt_none());
    assert_int_equal(rt_tuple_size(tuple), 2);
    RtObject *got = rt_tuple_get(t, tuple, 0);
    assert_ptr_equal(got, item);
    rt_decref(t, got);
    assert_null(rt_tuple_get(t, tuple, 2));
    test_error(t, RT_ERROR_INDEX);
    rt_decref(t, item);
    rt_decref(t, tuple);
}

static void unset_items_may_die(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *tuple = rt_tuple_new(t, 3);
    rt_tuple_set_steal(tuple, 1, test_int(t, 1000));
    rt_decref(t, tuple);
}

static void large_ones(void **state)
{
    RtThread *t = test_thread(state);
    for (size_t size = 50; size < 200000; size = size * 3 / 2) {
        RtObject *tuple = rt_tuple_new(t, size);
        for (size_t i = 0; i < size; i++)
            rt_tuple_set_steal(tuple, i, test_int(t, (int64_t)i));
        assert_int_equal(test_value(t, rt_tuple_get(t, tuple, size - 1)), (int64_t)size - 1);
        rt_decref(t, tuple);
    }
    assert_null(rt_tuple_new(t, SIZE_MAX / 4));
    test_error(t, RT_ERROR_MEMORY);
    assert_null(rt_tuple_new(t, SIZE_MAX / 32));
    test_error(t, RT_ERROR_MEMORY);
}

static void equal_tuples_hash_alike(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *a = pair(t, test_int(t, 1000), pair(t, test_str(t, "x"), rt_bool(true)));
    RtObject *b = pair(t, rt_float_new(t, 1000), pair(t, test_str(t, "x"), test_int(t, 1)));
    RtObject *c = pair(t, test_int(t, 1000), pair(t, test_str(t, "y"), test_int(t, 1)));
    assert_int_equal(rt_object_equal(t, a, b), 1);
    assert_int_equal(rt_object_equal(t, a, c), 0);
    assert_int_equal(rt_object_hash(t, a), rt_object_hash(t, b));
    assert_int_equal(rt_object_hash(t, a), rt_object_hash(t, a)); // cached
    assert_int_not_equal(rt_object_hash(t, a), rt_object_hash(t, c));
    rt_decref(t, a);
    rt_decref(t, b);
    rt_decref(t, c);
}

static void unhashable_parts(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *tuple = pair(t, rt_none(), rt_list_new(t, 0));
    for (int again = 0; again < 2; again++) {
        assert_int_equal(rt_object_hash(t, tuple), -1);
        test_error(t, RT_ERROR_TYPE);
    }
    rt_decref(t, tuple);
}

static void reprs_are_pythons(void **state)
{
    RtThread *t = test_thread(state);
    test_repr(t, rt_tuple_new(t, 0), "()");
    RtObject *one = rt_tuple_new(t, 1);
    rt_tuple_set_steal(one, 0, test_int(t, 7));
    test_repr(t, one, "(7,)");
    test_repr(t, pair(t, test_str(t, "a"), pair(t, rt_none(), rt_bool(false))),
              "('a', (None, False))");
}

// Following a chain deeper than the limit is an error, not a crash.
static void deep_nesting_is_an_error(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *a = rt_tuple_new(t, 0);
    RtObject *b = rt_tuple_new(t, 0);
    for (int i = 0; i < 100000; i++) {
        a = pair(t, a, rt_none());
        b = pair(t, b, rt_none());
    }
    assert_int_equal(rt_object_hash(t, a), -1);
    test_error(t, RT_ERROR_RECURSION);
    assert_int_equal(rt_object_equal(t, a, b), -1);
    test_error(t, RT_ERROR_RECURSION);
    assert_null(rt_object_repr(t, a));
    test_error(t, RT_ERROR_RECURSION);
    rt_decref(t, a);
    rt_decref(t, b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(items_are_kept),           TEST(unset_items_may_die), TEST(large_ones),
        TEST(equal_tuples_hash_alike),  TEST(unhashable_parts),    TEST(reprs_are_pythons),
        TEST(deep_nesting_is_an_error),
    };
    return cmocka_run_group_tests_name("tuple", tests, NULL, NULL);
}
