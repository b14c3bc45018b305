#include "testing.h"

#include "object/int.h"

#define MAX (((int64_t)1 << 61) - 1)
#define MIN (-MAX - 1)

static void small_ints_are_shared(void **state)
{
    RtThread *t = test_thread(state);
    for (int64_t i = -5; i <= 256; i++) {
        RtObject *a = test_int(t, i);
        RtObject *b = rt_int_add(t, a, rt_bool(false));
        assert_ptr_equal(a, b);
        assert_int_equal(rt_int_value(a), i);
        assert_true(rt_ref_is_immortal(&a->ref));
    }
    RtObject *a = test_int(t, 257);
    RtObject *b = test_int(t, 257);
    assert_ptr_not_equal(a, b);
    assert_int_equal(rt_object_equal(t, a, b), 1);
    rt_decref(t, a);
    rt_decref(t, b);
}

static void values_survive(void **state)
{
    RtThread *t = test_thread(state);
    const int64_t values[] = {0, -6, 257, 1 << 20, -(1 << 20), MAX, MIN};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        assert_int_equal(test_value(t, test_int(t, values[i])), values[i]);
}

static void range_goes_on_in_big_ints(void **state)
{
    RtThread *t = test_thread(state);
    test_repr(t, test_int(t, MAX + 1), "2305843009213693952");
    test_repr(t, test_int(t, INT64_MIN), "-9223372036854775808");
    RtObject *max = test_int(t, MAX);
    RtObject *min = test_int(t, MIN);
    RtObject *one = test_int(t, 1);
    test_repr(t, rt_int_add(t, max, one), "2305843009213693952");
    test_repr(t, rt_int_sub(t, min, one), "-2305843009213693953");
    test_repr(t, rt_int_sub(t, one, min), "2305843009213693953");
    test_repr(t, rt_int_mul(t, max, min), "-5316911983139663489309385231907684352");
    rt_decref(t, max);
    rt_decref(t, min);
}

// Against the compiler's 128-bit arithmetic, near the borders of every magnitude.
static void arithmetic_is_right(void **state)
{
    RtThread *t = test_thread(state);
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        int64_t x = (int64_t)test_random(&seed) >> (3 + test_random(&seed) % 61);
        int64_t y = (int64_t)test_random(&seed) >> (3 + test_random(&seed) % 61);
        RtObject *a = test_int(t, x);
        RtObject *b = test_int(t, y);
        __int128 wanted[3] = {(__int128)x + y, (__int128)x - y, (__int128)x * y};
        RtObject *got[3] = {rt_int_add(t, a, b), rt_int_sub(t, a, b), rt_int_mul(t, a, b)};
        for (int op = 0; op < 3; op++) {
            bool fits = wanted[op] >= MIN && wanted[op] <= MAX;
            assert_int_equal(rt__int_is_small(got[op]), fits);
            if (fits)
                assert_int_equal(test_value(t, got[op]), (int64_t)wanted[op]);
            else
                rt_decref(t, got[op]);
        }
        rt_decref(t, a);
        rt_decref(t, b);
    }
}

static void operands_must_be_ints(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *one = test_int(t, 1);
    assert_null(rt_int_add(t, one, rt_none()));
    test_error(t, RT_ERROR_TYPE);
    RtObject *half = rt_float_new(t, 0.5);
    assert_null(rt_int_mul(t, half, one));
    test_error(t, RT_ERROR_TYPE);
    assert_int_equal(test_value(t, rt_int_add(t, rt_bool(true), rt_bool(true))), 2);
    rt_decref(t, half);
}

static void reprs(void **state)
{
    RtThread *t = test_thread(state);
    test_repr(t, test_int(t, 0), "0");
    test_repr(t, test_int(t, -1234567), "-1234567");
    test_repr(t, test_int(t, MIN), "-2305843009213693952");
    test_repr(t, rt_bool(true), "True");
    test_repr(t, rt_bool(false), "False");
    test_repr(t, rt_none(), "None");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(small_ints_are_shared), TEST(values_survive),        TEST(range_goes_on_in_big_ints),
        TEST(arithmetic_is_right),   TEST(operands_must_be_ints), TEST(reprs),
    };
    return cmocka_run_group_tests_name("int", tests, NULL, NULL);
}
