// test_histogram.c: the histogram's buckets, errors and percentiles.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/histogram.h"

static void every_value_is_in_its_bucket(void **state)
{
    (void)state;
    for (uint64_t ns = 1; ns < (uint64_t)1 << 62; ns += ns / 7 + 1) {
        size_t bucket = rt_histogram_bucket(ns);
        assert_true(bucket < RT_HISTOGRAM_BUCKETS);
        assert_true(ns <= rt_histogram_upper(bucket));
        assert_true(bucket == 0 || ns > rt_histogram_upper(bucket - 1));
    }
    assert_true(rt_histogram_bucket(UINT64_MAX) == RT_HISTOGRAM_BUCKETS - 1);
}

static void a_bucket_is_within_a_sixteenth(void **state)
{
    (void)state;
    for (uint64_t ns = 16; ns < (uint64_t)1 << 60; ns = ns * 3 / 2) {
        uint64_t upper = rt_histogram_upper(rt_histogram_bucket(ns));
        assert_true(upper - ns <= ns / 16);
    }
}

static void percentiles_of_a_known_set(void **state)
{
    (void)state;
    RtHistogram latency;
    rt_histogram_clear(&latency);
    assert_int_equal(rt_histogram_quantile(&latency, 0.5), 0);
    for (uint64_t i = 1; i <= 1000; i++)
        rt_histogram_record(&latency, i * 1000);
    assert_in_range(rt_histogram_quantile(&latency, 0.5), 500000, 532000);
    assert_in_range(rt_histogram_quantile(&latency, 0.99), 990000, 1000000);
    assert_int_equal(rt_histogram_quantile(&latency, 1.0), 1000000);
    assert_int_equal(latency.min, 1000);
    assert_int_equal(latency.max, 1000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_is_in_its_bucket),
        cmocka_unit_test(a_bucket_is_within_a_sixteenth),
        cmocka_unit_test(percentiles_of_a_known_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
