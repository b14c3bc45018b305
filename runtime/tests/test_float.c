#include "testing.h"

#include <math.h>
#include <stdlib.h>

static void reprs_are_pythons(void **state)
{
    RtThread *t = test_thread(state);
    const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1.0, "1.0"},
        {-1.5, "-1.5"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {123456789.125, "123456789.125"},
        {1e15, "1000000000000000.0"},
        {9999999999999998.0, "9999999999999998.0"},
        {1e16, "1e+16"},
        {1.5e300, "1.5e+300"},
        {0.0001, "0.0001"},
        {0.00012, "0.00012"},
        {0.00001, "1e-05"},
        {1.25e-7, "1.25e-07"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {NAN, "nan"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        test_repr(t, rt_float_new(t, cases[i].value), cases[i].text);
}

static void reprs_read_back(void **state)
{
    RtThread *t = test_thread(state);
    uint64_t seed = 11;
    for (int i = 0; i < 3000; i++) {
        uint64_t bits = test_random(&seed);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        RtObject *object = rt_float_new(t, value);
        assert_true(rt_float_check(object) && rt_float_value(object) == value);
        RtObject *repr = rt_object_repr(t, object);
        assert_true(strtod(rt_str_bytes_borrowed(repr, NULL), NULL) == value);
        rt_decref(t, repr);
        rt_decref(t, object);
    }
}

// Values taken from CPython 3.11's hash().
static void hashes_are_pythons(void **state)
{
    RtThread *t = test_thread(state);
    const struct {
        double value;
        int64_t hash;
    } cases[] = {
        {0.0, 0},
        {-0.0, 0},
        {1.0, 1},
        {-1.0, -2},
        {0.5, 1152921504606846976},
        {-0.5, -1152921504606846976},
        {0.1, 230584300921369408},
        {3.14, 322818021289917443},
        {1e100, 1822893315824342674},
        {5e-324, 16777216},
        {2305843009213693952.0, 1},
        {INFINITY, 314159},
        {-INFINITY, -314159},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        RtObject *object = rt_float_new(t, cases[i].value);
        assert_int_equal(rt_object_hash(t, object), cases[i].hash);
        rt_decref(t, object);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reprs_are_pythons),
        TEST(reprs_read_back),
        TEST(hashes_are_pythons),
    };
    return cmocka_run_group_tests_name("float", tests, NULL, NULL);
}
