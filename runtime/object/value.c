// value.c: comparing and hashing numbers across types.
#include "object/value.h"

#include "object/float.h"
#include "object/int_big.h"

int64_t rt__identity_hash(RtThread *t, RtObject *object)
{
    (void)t;
    return rt__value_hash_identity(object);
}

static double float_of(const RtObject *object)
{
    return ((const RtFloat *)object)->value;
}

// A double holds every integer up to 2^53 only, so the int is not turned into one.
static int int_equals_double(const RtObject *integer, double value)
{
    return !__builtin_isnan(value) && rt__big_compare_double(integer, value) == 0;
}

// A big int is never equal to a small one, whose word differs.
static int ints_equal(const RtObject *a, const RtObject *b)
{
    if (((const RtInt *)a)->tagged != ((const RtInt *)b)->tagged) return 0;
    return rt__int_is_small(a) || rt__big_compare(a, b) == 0;
}

int rt__value_equal(const RtObject *a, const RtObject *b)
{
    bool a_float = a->type == &rt__float_type;
    bool b_float = b->type == &rt__float_type;
    if (a_float && b_float) return float_of(a) == float_of(b);
    if (a_float) return int_equals_double(b, float_of(a));
    if (b_float) return int_equals_double(a, float_of(b));
    return ints_equal(a, b);
}

// A finite double is mantissa * 2^exponent. Modulo 2^61 - 1, a power of two rotates the 61
// bits, so no division is needed.
static int64_t hash_finite(uint64_t bits)
{
    uint64_t mantissa = bits & (((uint64_t)1 << 52) - 1);
    int exponent = (int)((bits >> 52) & 0x7ff);
    if (exponent == 0)
        exponent = 1; // subnormal: no hidden bit
    else
        mantissa |= (uint64_t)1 << 52;
    int turn = (exponent - 1075) % 61;
    if (turn < 0) turn += 61;
    uint64_t rotated = mantissa << turn | (turn > 0 ? mantissa >> (61 - turn) : 0);
    int64_t hash = (int64_t)(rotated & (uint64_t)RT_HASH_MODULUS);
    if (bits >> 63) hash = -hash;
    return hash == -1 ? -2 : hash;
}

int64_t rt__value_hash_float(const RtObject *object)
{
    double value = float_of(object);
    uint64_t bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    if (__builtin_isnan(value)) return rt__value_hash_identity(object);
    if (__builtin_isinf(value)) return value > 0 ? 314159 : -314159; // CPython's digits of pi
    return hash_finite(bits);
}
