// int_double.c: between ints of any size and doubles, rounded once and correctly.
#include <math.h>
#include <string.h>

#include "object/int_big.h"
#include "rt_inline.h"

#define MANTISSA_BITS  53
#define DOUBLE_LIMBS   17 // 1024 bits, and a limb that a mantissa reaches over into
#define LEAST_EXPONENT (-1074)

static size_t count_limbs(const mp_limb_t limbs[DOUBLE_LIMBS])
{
    size_t count = DOUBLE_LIMBS;
    while (count > 0 && limbs[count - 1] == 0)
        count--;
    return count;
}

// The magnitude of a double without its fraction; it is finite and at least 1.
static void double_magnitude(double value, mp_limb_t limbs[DOUBLE_LIMBS], RtMagnitude *x)
{
    int exponent;
    double fraction = frexp(fabs(value), &exponent);
    mp_limb_t mantissa = (mp_limb_t)ldexp(fraction, MANTISSA_BITS);
    int shift = exponent - MANTISSA_BITS;
    memset(limbs, 0, DOUBLE_LIMBS * sizeof *limbs);
    if (shift <= 0) {
        limbs[0] = mantissa >> -shift;
    } else {
        size_t whole = (size_t)shift / RT_LIMB_BITS;
        unsigned bits = (unsigned)shift % RT_LIMB_BITS;
        limbs[whole] = mantissa << bits;
        if (bits > 0) limbs[whole + 1] = mantissa >> (RT_LIMB_BITS - bits);
    }
    *x = (RtMagnitude){limbs, count_limbs(limbs), value < 0, 0};
}

RtObject *rt__int_from_double(RtThread *t, double value)
{
    mp_limb_t limbs[DOUBLE_LIMBS];
    RtMagnitude x;
    if (fabs(value) < 1) return rt_int_new(t, 0);
    double_magnitude(value, limbs, &x);
    return rt__int_from_limbs(t, x.limbs, x.count, x.negative);
}

// By the whole parts; if those are equal the double's fraction decides.
int rt__big_compare_double(const RtObject *a, double b)
{
    mp_limb_t limbs[DOUBLE_LIMBS];
    RtMagnitude x, y = {limbs, 0, b < 0, 0};
    rt__int_magnitude(a, &x);
    if (isinf(b)) return b > 0 ? -1 : 1;
    if (fabs(b) >= 1) double_magnitude(b, limbs, &y);
    if (x.count > 0 && x.negative != y.negative) return x.negative ? -1 : 1;
    int order = rt__magnitude_compare(&x, &y);
    if (order == 0 && fabs(b) != trunc(fabs(b))) order = -1;
    return y.negative ? -order : order;
}

// mantissa * 2^exponent, `sticky` if there are bits below; rounded once, to the nearest or
// even. The mantissa has at least 55 bits, unless it is exact.
static double round_to_double(mp_limb_t mantissa, bool sticky, int64_t exponent)
{
    int64_t length = RT_LIMB_BITS - __builtin_clzl(mantissa | 1);
    int64_t drop = length - MANTISSA_BITS;
    if (exponent + drop < LEAST_EXPONENT) drop = LEAST_EXPONENT - exponent; // subnormal
    if (drop <= 0) return ldexp((double)mantissa, (int)exponent);
    if (drop > RT_LIMB_BITS) return 0;
    mp_limb_t kept = drop < RT_LIMB_BITS ? mantissa >> drop : 0;
    mp_limb_t half = (mp_limb_t)1 << (drop - 1);
    bool rest = (mantissa & (half - 1)) != 0 || sticky;
    if ((mantissa & half) != 0 && (rest || (kept & 1) != 0)) kept++;
    return ldexp((double)kept, (int)(exponent + drop));
}

// The highest 64 bits of a number that has as many.
static mp_limb_t highest_bits(const RtMagnitude *x)
{
    mp_limb_t high = x->limbs[x->count - 1];
    unsigned zeros = (unsigned)__builtin_clzl(high);
    if (zeros == 0 || x->count == 1) return high;
    return high << zeros | x->limbs[x->count - 2] >> (RT_LIMB_BITS - zeros);
}

bool rt__big_to_double(const RtObject *a, double *value)
{
    RtMagnitude x;
    rt__int_magnitude(a, &x);
    *value = 0;
    if (x.count == 0) return true;
    uint64_t bits = rt__magnitude_bit_length(&x);
    if (bits > 1024) return false;
    if (x.count == 1) {
        *value = round_to_double(x.limbs[0], false, 0);
    } else {
        bool sticky = rt__magnitude_has_low_bits(&x, bits - RT_LIMB_BITS);
        *value = round_to_double(highest_bits(&x), sticky, (int64_t)(bits - RT_LIMB_BITS));
    }
    if (x.negative) *value = -*value;
    return !isinf(*value);
}

// |a| * 2^shift
static RtObject *scaled(RtThread *t, const RtObject *a, int64_t shift)
{
    RtObject *number = rt__big_shift_left(t, a, shift > 0 ? (uint64_t)shift : 0);
    if (number == NULL || ((const RtInt *)number)->tagged >= 0) return number;
    RtObject *positive = rt__big_negate(t, number);
    rt_decref(t, number);
    return positive;
}

// |a| * 2^shift / |b|, which has 60 to 62 bits, and whether there is a rest.
static bool scaled_quotient(RtThread *t, const RtObject *a, const RtObject *b, int64_t shift,
                            mp_limb_t *quotient, bool *sticky)
{
    RtObject *x = scaled(t, a, shift), *y = scaled(t, b, -shift);
    RtObject *whole = NULL, *rest = NULL;
    bool done = x != NULL && y != NULL && rt__big_divide(t, x, y, &whole, &rest);
    if (done) {
        RtMagnitude q;
        rt__int_magnitude(whole, &q);
        *quotient = q.limbs[0];
        *sticky = ((const RtInt *)rest)->tagged != 0;
        rt_decref(t, whole);
        rt_decref(t, rest);
    }
    rt_decref_null(t, x);
    rt_decref_null(t, y);
    return done;
}

bool rt__big_true_divide(RtThread *t, const RtObject *a, const RtObject *b, double *value)
{
    mp_limb_t quotient;
    bool sticky;
    int64_t x = ((const RtInt *)a)->tagged, y = ((const RtInt *)b)->tagged;
    bool negative = (x < 0) != (y < 0);
    *value = negative ? -0.0 : 0.0;
    if (y == 0) {
        rt_error_set(t, RT_ERROR_ZERO_DIVISION, "division by zero");
        return false;
    }
    int64_t order = (int64_t)rt__int_bit_length(a) - (int64_t)rt__int_bit_length(b);
    if (x == 0 || order < LEAST_EXPONENT - 1) return true;
    if (order <= 1024) {
        int64_t shift = 60 - order;
        if (!scaled_quotient(t, a, b, shift, &quotient, &sticky)) return false;
        *value = round_to_double(quotient, sticky, -shift);
        if (negative) *value = -*value;
    }
    if (order <= 1024 && !isinf(*value)) return true;
    rt_error_set(t, RT_ERROR_OVERFLOW, "integer division result too large for a float");
    return false;
}
