// Ints beyond 62 bits: each operation against another one that undoes it, and against numbers
// worked out elsewhere.
#include "testing.h"

#include <math.h>

#include "object/int_big.h"
#include "object/int_text.h"
#include "object/value.h"

// An int in Python's notation.
static RtObject *number(RtThread *t, const char *text)
{
    RtObject *str = test_str(t, text);
    RtObject *result = rt__int_parse(t, str, 0);
    assert_non_null(result);
    rt_decref(t, str);
    return result;
}

// A random int of up to `limbs` limbs, often with long runs of equal bits.
static RtObject *random_int(RtThread *t, uint64_t *seed, size_t limbs)
{
    mp_limb_t digits[64];
    size_t count = test_random(seed) % (limbs + 1);
    for (size_t i = 0; i < count; i++) {
        uint64_t kind = test_random(seed) % 4;
        digits[i] = kind == 0 ? 0 : kind == 1 ? ~(uint64_t)0 : test_random(seed);
    }
    RtObject *result = rt__int_from_limbs(t, digits, count, test_random(seed) & 1);
    assert_non_null(result);
    return result;
}

static void assert_same(RtThread *t, RtObject *a_steal, RtObject *b)
{
    assert_non_null(a_steal);
    assert_int_equal(rt_object_equal(t, a_steal, b), 1);
    assert_int_equal(rt_object_hash(t, a_steal), rt_object_hash(t, b));
    assert_int_equal(rt__big_compare(a_steal, b), 0);
    rt_decref(t, a_steal);
}

#define ROUNDS 3000
#define LIMBS  12

static void sums_and_differences(void **state)
{
    RtThread *t = test_thread(state);
    uint64_t seed = 1;
    for (int i = 0; i < TEST_ROUNDS(ROUNDS); i++) {
        RtObject *a = random_int(t, &seed, LIMBS), *b = random_int(t, &seed, LIMBS);
        RtObject *sum = rt_int_add(t, a, b);
        assert_same(t, rt_int_sub(t, sum, b), a);
        assert_same(t, rt_int_sub(t, sum, a), b);
        assert_int_equal(rt__big_compare(a, b) < 0, rt__big_compare(b, a) > 0);
        rt_decref(t, sum);
        rt_decref(t, a);
        rt_decref(t, b);
    }
}

// (a + b)(a - b) = aa - bb
static void products(void **state)
{
    RtThread *t = test_thread(state);
    uint64_t seed = 2;
    for (int i = 0; i < TEST_ROUNDS(ROUNDS); i++) {
        RtObject *a = random_int(t, &seed, LIMBS), *b = random_int(t, &seed, LIMBS);
        RtObject *sum = rt_int_add(t, a, b), *difference = rt_int_sub(t, a, b);
        RtObject *aa = rt_int_mul(t, a, a), *bb = rt_int_mul(t, b, b);
        RtObject *right = rt_int_sub(t, aa, bb);
        assert_same(t, rt_int_mul(t, sum, difference), right);
        RtObject *all[] = {a, b, sum, difference, aa, bb, right};
        for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
            rt_decref(t, all[k]);
    }
}

// Factors that are cut into blocks: (2^m - 1)(2^n - 1) = 2^(m+n) - 2^m - 2^n + 1.
static void large_products(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *one = test_int(t, 1);
    for (uint64_t m = 16000; m < 80000; m += 31337) {
        uint64_t n = 100000 - m;
        RtObject *x = rt__big_shift_left(t, one, m), *y = rt__big_shift_left(t, one, n);
        RtObject *z = rt__big_shift_left(t, one, m + n);
        RtObject *a = rt_int_sub(t, x, one), *b = rt_int_sub(t, y, one);
        RtObject *left = rt_int_sub(t, z, x), *right = rt_int_sub(t, left, y);
        RtObject *wanted = rt_int_add(t, right, one);
        assert_same(t, rt_int_mul(t, a, b), wanted);
        RtObject *quotient, *rest;
        assert_true(rt__big_divide(t, wanted, a, &quotient, &rest));
        assert_same(t, quotient, b);
        assert_same(t, rest, rt__int_shared(0));
        RtObject *all[] = {x, y, z, a, b, left, right, wanted};
        for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
            rt_decref(t, all[k]);
    }
}

// a = b * (a // b) + a % b, and the rest is between 0 and b.
static void quotients(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *zero = test_int(t, 0);
    uint64_t seed = 3;
    for (int i = 0; i < TEST_ROUNDS(ROUNDS); i++) {
        RtObject *a = random_int(t, &seed, LIMBS), *b = random_int(t, &seed, LIMBS / 2);
        RtObject *quotient, *rest;
        if (rt__big_divide(t, a, b, &quotient, &rest)) {
            RtObject *product = rt_int_mul(t, b, quotient);
            assert_same(t, rt_int_add(t, product, rest), a);
            int sign = rt__big_compare(b, zero);
            assert_true(rt__big_compare(rest, zero) * sign >= 0);
            assert_true(rt__big_compare(rest, b) * sign < 0);
            rt_decref(t, product);
            rt_decref(t, quotient);
            rt_decref(t, rest);
        } else {
            assert_same(t, rt_new_ref(t, b), zero);
            test_error(t, RT_ERROR_ZERO_DIVISION);
        }
        rt_decref(t, a);
        rt_decref(t, b);
    }
}

// Shifting is multiplying by, or dividing by, a power of two; rounded down.
static void shifts(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *two = test_int(t, 2);
    uint64_t seed = 4;
    for (int i = 0; i < TEST_ROUNDS(ROUNDS); i++) {
        RtObject *a = random_int(t, &seed, LIMBS);
        uint64_t bits = test_random(&seed) % 300;
        RtObject *power = rt__big_power(t, two, bits);
        RtObject *left = rt__big_shift_left(t, a, bits);
        RtObject *right = rt__big_shift_right(t, a, bits);
        RtObject *quotient;
        assert_same(t, rt_int_mul(t, a, power), left);
        assert_true(rt__big_divide(t, a, power, &quotient, NULL));
        assert_same(t, quotient, right);
        RtObject *all[] = {a, power, left, right};
        for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
            rt_decref(t, all[k]);
    }
}

// a + b = (a ^ b) + 2 (a & b) = (a | b) + (a & b), for negative numbers too.
static void bits(void **state)
{
    RtThread *t = test_thread(state);
    uint64_t seed = 5;
    for (int i = 0; i < TEST_ROUNDS(ROUNDS); i++) {
        RtObject *a = random_int(t, &seed, LIMBS), *b = random_int(t, &seed, LIMBS);
        RtObject *both = rt__big_bitwise(t, '&', a, b), *either = rt__big_bitwise(t, '|', a, b);
        RtObject *one = rt__big_bitwise(t, '^', a, b), *sum = rt_int_add(t, a, b);
        RtObject *twice = rt_int_add(t, both, both);
        assert_same(t, rt_int_add(t, one, twice), sum);
        assert_same(t, rt_int_add(t, either, both), sum);
        RtObject *all[] = {a, b, both, either, one, sum, twice};
        for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
            rt_decref(t, all[k]);
    }
}

static void powers(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *three = test_int(t, -3);
    test_repr(t, rt__big_power(t, three, 101),
              "-1546132562196033993109383389296863818106322566003");
    test_repr(t, rt__big_power(t, three, 0), "1");
    RtObject *base = number(t, "123456789012345678901234567890");
    RtObject *exponent = number(t, "98765432109876543210987654321");
    RtObject *modulus = number(t, "1000000000000000000000000000057");
    test_repr(t, rt__big_power_modulo(t, base, exponent, modulus),
              "729831398794829813855120138823");
    RtObject *negative = rt__big_negate(t, modulus);
    test_repr(t, rt__big_power_modulo(t, base, exponent, negative),
              "-270168601205170186144879861234");
    RtObject *all[] = {three, base, exponent, modulus, negative};
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
        rt_decref(t, all[k]);
}

// ------------------------------------------------------------------ text

static void texts_round_trip(void **state)
{
    RtThread *t = test_thread(state);
    uint64_t seed = 6;
    for (int i = 0; i < TEST_ROUNDS(ROUNDS); i++) {
        RtObject *a = random_int(t, &seed, LIMBS);
        unsigned base = 2 + (unsigned)(test_random(&seed) % 35);
        RtObject *text = rt__int_to_str(t, a, base);
        assert_same(t, rt__int_parse(t, text, base), a);
        rt_decref(t, text);
        rt_decref(t, a);
    }
}

static void known_texts(void **state)
{
    RtThread *t = test_thread(state);
    const char *const same[] = {"12345678901234567890123456789012345678901234567890",
                                "-18446744073709551616", "18446744073709551615"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        test_repr(t, number(t, same[i]), same[i]);
    test_repr(t, number(t, " \n-0xffff_FFFF_ffff_ffff_ffff\t"), "-1208925819614629174706175");
    test_repr(t, number(t, "0o7_7"), "63");
    test_repr(t, number(t, "+0b101"), "5");
    test_repr(t, number(t, "000"), "0");
}

static void not_numbers(void **state)
{
    RtThread *t = test_thread(state);
    const char *const bad[] = {"",   " ",   "-",  "+ 1", "1__2", "_1",  "1_",   "1 2",
                               "0x", "0b2", "09", "12a", "--1",  "1.0", "0_x1", "\xc3\xa9"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        RtObject *str = test_str(t, bad[i]);
        assert_null(rt__int_parse(t, str, 0));
        test_error(t, RT_ERROR_VALUE);
        rt_decref(t, str);
    }
    RtObject *str = test_str(t, "x'y");
    assert_null(rt__int_parse(t, str, 10));
    assert_string_equal(rt_error_message(t), "invalid literal for int() with base 10: \"x'y\"");
    rt_error_clear(t);
    rt_decref(t, str);
}

// 10^4300 has a digit too many, in both directions; in powers of two there is no limit.
static void long_texts_are_refused(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *ten = test_int(t, 10);
    RtObject *large = rt__big_power(t, ten, RT_INT_MAX_DIGITS);
    assert_null(rt_object_repr(t, large));
    test_error(t, RT_ERROR_VALUE);
    RtObject *fits = rt__big_power(t, ten, RT_INT_MAX_DIGITS - 1);
    RtObject *text = rt_object_repr(t, fits);
    assert_same(t, rt__int_parse(t, text, 10), fits);
    RtObject *hex = rt__int_to_str(t, large, 16);
    assert_same(t, rt__int_parse(t, hex, 16), large);
    RtObject *octal = rt__int_to_str(t, large, 8);
    assert_null(rt__int_parse(t, octal, 10));
    test_error(t, RT_ERROR_VALUE);
    RtObject *all[] = {ten, large, fits, text, hex, octal};
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
        rt_decref(t, all[k]);
}

// ------------------------------------------------------------------ doubles, hashes

// 2^53 + 1 is halfway between two doubles, and so are its multiples by powers of two.
static void rounding_to_doubles(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *half = test_int(t, ((int64_t)1 << 53) + 1);
    RtObject *odd = test_int(t, ((int64_t)1 << 53) + 3);
    for (unsigned shift = 0; shift < 900; shift += 7) {
        RtObject *down = rt__big_shift_left(t, half, shift);
        RtObject *up = rt__big_shift_left(t, odd, shift);
        RtObject *more = rt_int_add(t, down, rt__int_shared(4));
        double value;
        assert_true(rt__big_to_double(down, &value));
        assert_true(value == ldexp(1, 53 + (int)shift));
        assert_true(rt__big_to_double(up, &value));
        assert_true(value == ldexp(9007199254740996, (int)shift));
        if (shift > 0) {
            assert_true(rt__big_to_double(more, &value));
            assert_true(value == ldexp(9007199254740994, (int)shift));
        }
        rt_decref(t, down);
        rt_decref(t, up);
        rt_decref(t, more);
    }
    rt_decref(t, half);
    rt_decref(t, odd);
}

static void beyond_doubles(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *one = test_int(t, 1);
    RtObject *large = rt__big_shift_left(t, one, 1024);
    RtObject *less = rt__big_sub(t, large, one); // rounds up to 2^1024
    double value;
    assert_false(rt__big_to_double(large, &value));
    assert_false(rt__big_to_double(less, &value));
    assert_false(rt__big_true_divide(t, large, one, &value));
    test_error(t, RT_ERROR_OVERFLOW);
    assert_false(rt__big_true_divide(t, large, rt__int_shared(0), &value));
    test_error(t, RT_ERROR_ZERO_DIVISION);
    assert_true(rt__big_true_divide(t, less, large, &value));
    assert_true(value == 1);
    assert_int_equal(rt__big_compare_double(large, INFINITY), -1);
    assert_int_equal(rt__big_compare_double(large, -INFINITY), 1);
    assert_int_equal(rt__big_compare_double(large, 1.7976931348623157e308), 1);
    rt_decref(t, large);
    rt_decref(t, less);
}

// Doubles that are whole go there and back, equal their ints and hash alike.
static void doubles_and_ints_agree(void **state)
{
    RtThread *t = test_thread(state);
    uint64_t seed = 8;
    for (int i = 0; i < TEST_ROUNDS(ROUNDS); i++) {
        double mantissa = (double)((int64_t)test_random(&seed) >> 11);
        double value = ldexp(mantissa, (int)(test_random(&seed) % 960)), back;
        RtObject *whole = rt__int_from_double(t, value), *object = rt_float_new(t, value);
        assert_true(rt__big_to_double(whole, &back));
        assert_true(back == value);
        assert_int_equal(rt__big_compare_double(whole, value), 0);
        assert_int_equal(rt_object_equal(t, object, whole), 1);
        assert_int_equal(rt_object_hash(t, object), rt_object_hash(t, whole));
        RtObject *next = rt_int_add(t, whole, rt__int_shared(4));
        assert_int_equal(rt__big_compare_double(next, value), 1);
        assert_int_equal(rt_object_equal(t, object, next), 0);
        rt_decref(t, whole);
        rt_decref(t, object);
        rt_decref(t, next);
    }
}

// Where a and b are doubles, their quotient is what the processor says.
static void true_division(void **state)
{
    RtThread *t = test_thread(state);
    uint64_t seed = 9;
    for (int i = 0; i < TEST_ROUNDS(ROUNDS); i++) {
        double x =
            ldexp((double)((int64_t)test_random(&seed) >> 11), (int)(test_random(&seed) % 960));
        double y =
            ldexp((double)((int64_t)test_random(&seed) >> 11), (int)(test_random(&seed) % 960));
        RtObject *a = rt__int_from_double(t, x), *b = rt__int_from_double(t, y);
        double value;
        if (y != 0 && rt__big_true_divide(t, a, b, &value))
            assert_true(value == x / y);
        else
            rt_error_clear(t);
        rt_decref(t, a);
        rt_decref(t, b);
    }
}

static void known_hashes(void **state)
{
    RtThread *t = test_thread(state);
    const struct {
        const char *text;
        int64_t hash;
    } known[] = {
        {"2305843009213693951", 0ll},
        {"2305843009213693952", 1ll},
        {"-2305843009213693952", -2ll},
        {"-2305843009213693951", 0ll},
        {"18446744073709551616", 8ll},
        {"1071508607186267320948425049060001810561404811705533607443750388370351051124936122493"
         "1983788156958581275946729175531468251871452856923140435984577574698574803934567774824"
         "2309854210746050623711418779541821530464749835819412673987675591655439460770629145711"
         "96477686542167660429831652624386837205668069383",
         16777223ll},
        {"-100000000000000000000000000000000000000000000000000", -619332571178673746ll},
        {"4611686018427387901", 2305843009213693950ll},
        {"-2305843009213693952", -2ll}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        RtObject *a = number(t, known[i].text);
        assert_int_equal(rt_object_hash(t, a), known[i].hash);
        rt_decref(t, a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sums_and_differences),
        TEST(products),
        TEST(large_products),
        TEST(quotients),
        TEST(shifts),
        TEST(bits),
        TEST(powers),
        TEST(texts_round_trip),
        TEST(known_texts),
        TEST(not_numbers),
        TEST(long_texts_are_refused),
        TEST(rounding_to_doubles),
        TEST(beyond_doubles),
        TEST(doubles_and_ints_agree),
        TEST(true_division),
        TEST(known_hashes),
    };
    return cmocka_run_group_tests_name("int_big", tests, NULL, NULL);
}
