// Equality and hashes across the types of numbers, and of the types without parts.
#include "testing.h"

#define MAX_INT (((int64_t)1 << 61) - 1)

// Equal values have equal hashes; both ways round. Consumes the references.
static void same(RtThread *t, RtObject *a, RtObject *b, int expected)
{
    assert_int_equal(rt_object_equal(t, a, b), expected);
    assert_int_equal(rt_object_equal(t, b, a), expected);
    if (expected) assert_int_equal(rt_object_hash(t, a), rt_object_hash(t, b));
    rt_decref(t, a);
    rt_decref(t, b);
}

static void numbers_equal_across_types(void **state)
{
    RtThread *t = test_thread(state);
    same(t, test_int(t, 1), rt_float_new(t, 1.0), 1);
    same(t, test_int(t, 1), rt_bool(true), 1);
    same(t, rt_float_new(t, 1.0), rt_bool(true), 1);
    same(t, rt_float_new(t, 0.0), rt_bool(false), 1);
    same(t, rt_float_new(t, -0.0), test_int(t, 0), 1);
    same(t, rt_float_new(t, -1.0), test_int(t, -1), 1);
    same(t, rt_float_new(t, 2.0), rt_bool(true), 0);
    same(t, rt_float_new(t, 1.5), test_int(t, 1), 0);
    same(t, test_int(t, 300), rt_float_new(t, 300.0), 1);
    same(t, test_int(t, 1000000), test_int(t, 1000000), 1);
}

// 2^53 + 1 is not a double, and must not be rounded to one to be compared.
static void ints_are_compared_exactly(void **state)
{
    RtThread *t = test_thread(state);
    int64_t limit = (int64_t)1 << 53;
    same(t, test_int(t, limit), rt_float_new(t, (double)limit), 1);
    same(t, test_int(t, limit + 1), rt_float_new(t, (double)limit), 0);
    same(t, test_int(t, MAX_INT), rt_float_new(t, 2305843009213693952.0), 0);
    same(t, test_int(t, -MAX_INT - 1), rt_float_new(t, -2305843009213693952.0), 1);
    same(t, test_int(t, MAX_INT), rt_float_new(t, 1e300), 0);
    same(t, test_int(t, 5), rt_float_new(t, __builtin_inf()), 0);
    same(t, test_int(t, 5), rt_float_new(t, __builtin_nan("")), 0);
}

static void random_numbers_hash_alike(void **state)
{
    RtThread *t = test_thread(state);
    uint64_t seed = 3;
    for (int i = 0; i < 20000; i++) {
        int64_t mantissa = (int64_t)test_random(&seed) >> (11 + test_random(&seed) % 53);
        int64_t value = mantissa * ((int64_t)1 << test_random(&seed) % 8);
        same(t, test_int(t, value), rt_float_new(t, (double)value), 1);
    }
}

static void nan_equals_itself_by_identity_only(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *nan = rt_float_new(t, __builtin_nan(""));
    assert_int_equal(rt_object_equal(t, nan, nan), 1);
    same(t, nan, rt_float_new(t, __builtin_nan("")), 0);
}

static void other_types_differ(void **state)
{
    RtThread *t = test_thread(state);
    same(t, rt_none(), rt_none(), 1);
    same(t, rt_none(), rt_bool(false), 0);
    same(t, test_str(t, "1"), test_int(t, 1), 0);
    same(t, rt_list_new(t, 0), rt_tuple_new(t, 0), 0);
    same(t, rt_instance_new(t), rt_instance_new(t), 0);
}

static void mutable_types_are_unhashable(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = rt_list_new(t, 0);
    RtObject *dict = rt_dict_new(t);
    assert_int_equal(rt_object_hash(t, list), -1);
    test_error(t, RT_ERROR_TYPE);
    assert_int_equal(rt_object_hash(t, dict), -1);
    test_error(t, RT_ERROR_TYPE);
    rt_decref(t, list);
    rt_decref(t, dict);
}

static void types_have_names(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *const objects[] = {rt_none(),          rt_bool(true),   test_int(t, 1),
                                 rt_float_new(t, 1), test_str(t, ""), rt_tuple_new(t, 0),
                                 rt_list_new(t, 0),  rt_dict_new(t),  rt_instance_new(t)};
    const char *const names[] = {"NoneType", "bool", "int",  "float",   "str",
                                 "tuple",    "list", "dict", "instance"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_string_equal(rt_type_name(rt_type_of(objects[i])), names[i]);
        rt_decref(t, objects[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_equal_across_types), TEST(ints_are_compared_exactly),
        TEST(random_numbers_hash_alike),  TEST(nan_equals_itself_by_identity_only),
        TEST(other_types_differ),         TEST(mutable_types_are_unhashable),
        TEST(types_have_names),
    };
    return cmocka_run_group_tests_name("value", tests, NULL, NULL);
}
