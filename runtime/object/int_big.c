// int_big.c: arithmetic on ints of any size. Whoever knows that both operands are small and the
// result too has no business here.
#include "object/int_big.h"

#include <string.h>

#include "object/value.h"
#include "rt_inline.h"

// Half of the address space in bits: no int can be larger, and sizes below do not overflow.
#define MAX_LIMBS ((size_t)1 << 40)

// ------------------------------------------------------------------ limbs and objects

void rt__int_magnitude(const RtObject *object, RtMagnitude *magnitude)
{
    int64_t tagged = ((const RtInt *)object)->tagged;
    int64_t value = tagged >> 2; // or the signed count of limbs
    magnitude->negative = value < 0;
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    if (rt__int_is_small(object)) {
        magnitude->own = size;
        magnitude->limbs = &magnitude->own;
        magnitude->count = size != 0;
    } else {
        magnitude->limbs = ((const RtBigInt *)object)->limbs;
        magnitude->count = size;
    }
}

// Room for `count` limbs, which finish() makes an int of.
static RtBigInt *new_limbs(RtThread *t, size_t count)
{
    if (rt_unlikely(count > MAX_LIMBS)) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    size_t size = sizeof(RtBigInt) + count * sizeof(mp_limb_t);
    RtBigInt *big = (RtBigInt *)rt__object_new(t, &rt__int_type, size);
    if (big != NULL) big->base.tagged = 0;
    return big;
}

static size_t without_zeros(const mp_limb_t *limbs, size_t count)
{
    while (count > 0 && limbs[count - 1] == 0)
        count--;
    return count;
}

// Whether the magnitude, without leading zeros, is that of a small int.
static bool is_small(const mp_limb_t *limbs, size_t count, bool negative)
{
    return count == 0 || (count == 1 && limbs[0] <= (uint64_t)RT_INT_MAX + negative);
}

static RtObject *new_small(RtThread *t, const mp_limb_t *limbs, size_t count, bool negative)
{
    int64_t value = count > 0 ? (int64_t)limbs[0] : 0;
    return rt_int_new(t, negative ? -value : value);
}

// The int whose limbs were written into `big`. Consumes it.
static RtObject *finish(RtThread *t, RtBigInt *big, size_t count, bool negative)
{
    count = without_zeros(big->limbs, count);
    if (is_small(big->limbs, count, negative)) {
        RtObject *small = new_small(t, big->limbs, count, negative);
        rt_decref(t, &big->base.base);
        return small;
    }
    int64_t size = (int64_t)count;
    big->base.tagged = (negative ? -size : size) * 4 + RT_BIG_TAG;
    return &big->base.base;
}

RtObject *rt__int_from_limbs(RtThread *t, const mp_limb_t *limbs, size_t count, bool negative)
{
    count = without_zeros(limbs, count);
    if (is_small(limbs, count, negative)) return new_small(t, limbs, count, negative);
    RtBigInt *big = new_limbs(t, count);
    if (big == NULL) return NULL;
    memcpy(big->limbs, limbs, count * sizeof *limbs);
    return finish(t, big, count, negative);
}

// ------------------------------------------------------------------ sums

int rt__magnitude_compare(const RtMagnitude *x, const RtMagnitude *y)
{
    if (x->count != y->count) return x->count < y->count ? -1 : 1;
    return x->count > 0 ? mpn_cmp(x->limbs, y->limbs, (mp_size_t)x->count) : 0;
}

static RtObject *add_magnitudes(RtThread *t, const RtMagnitude *x, const RtMagnitude *y)
{
    if (x->count < y->count) return add_magnitudes(t, y, x);
    if (y->count == 0) return rt__int_from_limbs(t, x->limbs, x->count, x->negative);
    RtBigInt *sum = new_limbs(t, x->count + 1);
    if (sum == NULL) return NULL;
    sum->limbs[x->count] =
        mpn_add(sum->limbs, x->limbs, (mp_size_t)x->count, y->limbs, (mp_size_t)y->count);
    return finish(t, sum, x->count + 1, x->negative);
}

// x - y, whose signs are the same; the larger magnitude decides.
static RtObject *subtract_magnitudes(RtThread *t, const RtMagnitude *x, const RtMagnitude *y,
                                     bool negative)
{
    if (rt__magnitude_compare(x, y) < 0) return subtract_magnitudes(t, y, x, !negative);
    if (y->count == 0) return rt__int_from_limbs(t, x->limbs, x->count, negative);
    RtBigInt *difference = new_limbs(t, x->count);
    if (difference == NULL) return NULL;
    mpn_sub(difference->limbs, x->limbs, (mp_size_t)x->count, y->limbs, (mp_size_t)y->count);
    return finish(t, difference, x->count, negative);
}

static RtObject *add(RtThread *t, const RtObject *a, const RtObject *b, bool subtract)
{
    RtMagnitude x, y;
    rt__int_magnitude(a, &x);
    rt__int_magnitude(b, &y);
    y.negative ^= subtract;
    if (x.negative == y.negative) return add_magnitudes(t, &x, &y);
    return subtract_magnitudes(t, &x, &y, x.negative);
}

RtObject *rt__big_add(RtThread *t, const RtObject *a, const RtObject *b)
{
    return add(t, a, b, false);
}

RtObject *rt__big_sub(RtThread *t, const RtObject *a, const RtObject *b)
{
    return add(t, a, b, true);
}

RtObject *rt__big_negate(RtThread *t, const RtObject *a)
{
    RtMagnitude x;
    rt__int_magnitude(a, &x);
    return rt__int_from_limbs(t, x.limbs, x.count, !x.negative);
}

// ------------------------------------------------------------------ products

// Up to so many limbs mpn_mul needs no memory but the stack's; larger factors are cut into
// blocks of that size.
#define MULTIPLY_BLOCK 256u

static void multiply_block(mp_limb_t *product, const mp_limb_t *x, size_t n, const mp_limb_t *y,
                           size_t m)
{
    if (n >= m)
        mpn_mul(product, x, (mp_size_t)n, y, (mp_size_t)m);
    else
        mpn_mul(product, y, (mp_size_t)m, x, (mp_size_t)n);
}

// Adds n limbs to a number of m limbs, m >= n, that has room for the sum.
static void add_block(mp_limb_t *sum, size_t m, const mp_limb_t *more, size_t n)
{
    mp_limb_t carry = mpn_add_n(sum, sum, more, (mp_size_t)n);
    for (size_t i = n; carry != 0 && i < m; i++)
        carry = ++sum[i] == 0;
}

static size_t block(size_t left)
{
    return left < MULTIPLY_BLOCK ? left : MULTIPLY_BLOCK;
}

// `product` has room for the limbs of both, and neither is empty.
static void multiply(mp_limb_t *product, const RtMagnitude *x, const RtMagnitude *y)
{
    if (x->count <= MULTIPLY_BLOCK && y->count <= MULTIPLY_BLOCK) {
        multiply_block(product, x->limbs, x->count, y->limbs, y->count);
        return;
    }
    size_t size = x->count + y->count;
    memset(product, 0, size * sizeof *product);
    for (size_t i = 0; i < x->count; i += MULTIPLY_BLOCK) {
        for (size_t j = 0; j < y->count; j += MULTIPLY_BLOCK) {
            mp_limb_t part[2 * MULTIPLY_BLOCK];
            size_t n = block(x->count - i), m = block(y->count - j);
            multiply_block(part, x->limbs + i, n, y->limbs + j, m);
            add_block(product + i + j, size - i - j, part, n + m);
        }
    }
}

RtObject *rt__big_mul(RtThread *t, const RtObject *a, const RtObject *b)
{
    RtMagnitude x, y;
    rt__int_magnitude(a, &x);
    rt__int_magnitude(b, &y);
    if (x.count == 0 || y.count == 0) return rt_int_new(t, 0);
    RtBigInt *product = new_limbs(t, x.count + y.count);
    if (product == NULL) return NULL;
    multiply(product->limbs, &x, &y);
    return finish(t, product, x.count + y.count, x.negative != y.negative);
}

// ------------------------------------------------------------------ quotients

// Bits that the highest limb has to be shifted by to have its highest bit set.
static unsigned leading_zeros(const RtMagnitude *x)
{
    return (unsigned)__builtin_clzl(x->limbs[x->count - 1]);
}

// mpn_lshift with a shift of 0 allowed; returns what is shifted out.
static mp_limb_t shift_left(mp_limb_t *to, const mp_limb_t *from, size_t count, unsigned bits)
{
    if (bits > 0) return mpn_lshift(to, from, (mp_size_t)count, bits);
    memmove(to, from, count * sizeof *to);
    return 0;
}

static void shift_right(mp_limb_t *to, const mp_limb_t *from, size_t count, unsigned bits)
{
    if (bits > 0)
        mpn_rshift(to, from, (mp_size_t)count, bits);
    else
        memmove(to, from, count * sizeof *to);
}

// One limb of the quotient: `high`, then the two highest limbs of what is left, by the
// divisor's highest. At most 2 too large (Knuth, volume 2, 4.3.1, theorem B).
static mp_limb_t estimate(const mp_limb_t *high, mp_limb_t divisor)
{
    mp_limb_t quotient[2];
    if (high[1] >= divisor) return ~(mp_limb_t)0;
    mpn_divrem_1(quotient, 0, high, 2, divisor);
    return quotient[0];
}

// Knuth's algorithm D. `rest` (n limbs) is divided by a normalised divisor of m >= 2 limbs, n >
// m, and becomes the rest; the quotient has n - m limbs.
static void divide(mp_limb_t *quotient, mp_limb_t *rest, size_t n, const mp_limb_t *divisor,
                   size_t m)
{
    for (size_t j = n - m; j-- > 0;) {
        mp_limb_t *top = &rest[j + m];
        mp_limb_t q = estimate(top - 1, divisor[m - 1]);
        mp_limb_t borrow = mpn_submul_1(rest + j, divisor, (mp_size_t)m, q);
        bool below_zero = *top < borrow;
        *top -= borrow;
        for (; below_zero; q--) {
            mp_limb_t carry = mpn_add_n(rest + j, rest + j, divisor, (mp_size_t)m);
            *top += carry;
            below_zero = !(carry != 0 && *top == 0);
        }
        quotient[j] = q;
    }
}

// What a division leaves: `quotient` and `rest` with the counts of limbs below.
typedef struct Division {
    RtBigInt *quotient;
    RtBigInt *rest;
    size_t quotient_count;
    size_t rest_count;
} Division;

static void divide_by_limb(Division *d, const RtMagnitude *x, mp_limb_t divisor)
{
    d->rest->limbs[0] =
        mpn_divrem_1(d->quotient->limbs, 0, x->limbs, (mp_size_t)x->count, divisor);
    d->quotient_count = x->count;
    d->rest_count = 1;
}

// Both are shifted so that the divisor's highest bit is set.
static bool divide_by_limbs(RtThread *t, Division *d, const RtMagnitude *x,
                            const RtMagnitude *y)
{
    RtBigInt *divisor = new_limbs(t, y->count);
    if (divisor == NULL) return false;
    unsigned bits = leading_zeros(y);
    shift_left(divisor->limbs, y->limbs, y->count, bits);
    d->rest->limbs[x->count] = shift_left(d->rest->limbs, x->limbs, x->count, bits);
    divide(d->quotient->limbs, d->rest->limbs, x->count + 1, divisor->limbs, y->count);
    shift_right(d->rest->limbs, d->rest->limbs, y->count, bits);
    d->quotient_count = x->count + 1 - y->count;
    d->rest_count = y->count;
    rt_decref(t, &divisor->base.base);
    return true;
}

// Magnitudes, x >= y > 0. The objects of *d are for the caller to finish.
static bool divide_magnitudes(RtThread *t, Division *d, const RtMagnitude *x,
                              const RtMagnitude *y)
{
    d->quotient = new_limbs(t, x->count);
    d->rest = d->quotient != NULL ? new_limbs(t, x->count + 1) : NULL;
    bool done = d->rest != NULL;
    if (done && y->count == 1)
        divide_by_limb(d, x, y->limbs[0]);
    else if (done)
        done = divide_by_limbs(t, d, x, y);
    if (done) return true;
    if (d->quotient != NULL) rt_decref(t, &d->quotient->base.base);
    if (d->rest != NULL) rt_decref(t, &d->rest->base.base);
    return false;
}

// x / y with the rest's sign that of x, as C's.
static bool divide_truncating(RtThread *t, const RtObject *a, const RtObject *b,
                              RtObject **quotient, RtObject **rest)
{
    RtMagnitude x, y;
    Division d;
    rt__int_magnitude(a, &x);
    rt__int_magnitude(b, &y);
    if (rt__magnitude_compare(&x, &y) < 0) {
        *quotient = rt_int_new(t, 0);
        *rest = rt__int_from_limbs(t, x.limbs, x.count, x.negative);
    } else {
        if (!divide_magnitudes(t, &d, &x, &y)) return false;
        *quotient = finish(t, d.quotient, d.quotient_count, x.negative != y.negative);
        *rest = finish(t, d.rest, d.rest_count, x.negative);
    }
    if (*quotient != NULL && *rest != NULL) return true;
    rt_decref_null(t, *quotient);
    rt_decref_null(t, *rest);
    return false;
}

static bool is_negative(const RtObject *a)
{
    return ((const RtInt *)a)->tagged < 0;
}

static bool is_zero(const RtObject *a)
{
    return ((const RtInt *)a)->tagged == 0;
}

// Replaces *number by what adding or subtracting made of it, or by NULL.
static bool replace_steal(RtThread *t, RtObject **number, RtObject *by)
{
    rt_decref(t, *number);
    *number = by;
    return by != NULL;
}

// The rest has another sign than the divisor: the quotient is one less, the rest b more.
static bool round_down(RtThread *t, const RtObject *b, RtObject **quotient, RtObject **rest)
{
    RtObject *one = rt_int_new(t, 1);
    bool done = replace_steal(t, quotient, rt__big_sub(t, *quotient, one));
    done = replace_steal(t, rest, rt__big_add(t, *rest, b)) && done;
    if (done) return true;
    rt_decref_null(t, *quotient);
    rt_decref_null(t, *rest);
    return false;
}

bool rt__big_divide(RtThread *t, const RtObject *a, const RtObject *b, RtObject **quotient,
                    RtObject **rest)
{
    RtObject *whole, *left;
    if (is_zero(b)) {
        rt_error_set(t, RT_ERROR_ZERO_DIVISION,
                     quotient != NULL ? "integer division or modulo by zero"
                                      : "integer modulo by zero");
        return false;
    }
    if (!divide_truncating(t, a, b, &whole, &left)) return false;
    if (!is_zero(left) && is_negative(left) != is_negative(b) &&
        !round_down(t, b, &whole, &left))
        return false;
    if (quotient != NULL)
        *quotient = whole;
    else
        rt_decref(t, whole);
    if (rest != NULL)
        *rest = left;
    else
        rt_decref(t, left);
    return true;
}

// ------------------------------------------------------------------ shifts and bits

RtObject *rt__big_shift_left(RtThread *t, const RtObject *a, uint64_t bits)
{
    RtMagnitude x;
    rt__int_magnitude(a, &x);
    if (x.count == 0) return rt_int_new(t, 0);
    size_t whole = bits / RT_LIMB_BITS;
    RtBigInt *shifted = new_limbs(t, x.count + whole + 1);
    if (shifted == NULL) return NULL;
    memset(shifted->limbs, 0, whole * sizeof(mp_limb_t));
    shifted->limbs[x.count + whole] =
        shift_left(shifted->limbs + whole, x.limbs, x.count, bits % RT_LIMB_BITS);
    return finish(t, shifted, x.count + whole + 1, x.negative);
}

bool rt__magnitude_has_low_bits(const RtMagnitude *x, uint64_t bits)
{
    size_t whole = bits / RT_LIMB_BITS;
    if (whole >= x->count) return x->count > 0;
    for (size_t i = 0; i < whole; i++) {
        if (x->limbs[i] != 0) return true;
    }
    return (x->limbs[whole] & (((mp_limb_t)1 << bits % RT_LIMB_BITS) - 1)) != 0;
}

// A negative number's magnitude is rounded up.
RtObject *rt__big_shift_right(RtThread *t, const RtObject *a, uint64_t bits)
{
    RtMagnitude x;
    rt__int_magnitude(a, &x);
    size_t whole = bits / RT_LIMB_BITS;
    if (whole >= x.count) return rt_int_new(t, x.negative ? -1 : 0);
    size_t count = x.count - whole;
    RtBigInt *shifted = new_limbs(t, count + 1);
    if (shifted == NULL) return NULL;
    shift_right(shifted->limbs, x.limbs + whole, count, bits % RT_LIMB_BITS);
    shifted->limbs[count] = 0;
    bool carry = x.negative && rt__magnitude_has_low_bits(&x, bits);
    for (size_t i = 0; carry; i++)
        carry = ++shifted->limbs[i] == 0;
    return finish(t, shifted, count + 1, x.negative);
}

static void negate(mp_limb_t *limbs, size_t count)
{
    mpn_neg(limbs, limbs, (mp_size_t)count);
}

// The number in two's complement of `count` limbs.
static void to_complement(mp_limb_t *limbs, const RtMagnitude *x, size_t count)
{
    memcpy(limbs, x->limbs, x->count * sizeof *limbs);
    memset(limbs + x->count, 0, (count - x->count) * sizeof *limbs);
    if (x->negative) negate(limbs, count);
}

static mp_limb_t combine(char op, mp_limb_t x, mp_limb_t y)
{
    return op == '&' ? x & y : op == '|' ? x | y : x ^ y;
}

RtObject *rt__big_bitwise(RtThread *t, char op, const RtObject *a, const RtObject *b)
{
    RtMagnitude x, y;
    rt__int_magnitude(a, &x);
    rt__int_magnitude(b, &y);
    size_t count = (x.count > y.count ? x.count : y.count) + 1; // room for the sign
    RtBigInt *result = new_limbs(t, count);
    RtBigInt *other = result != NULL ? new_limbs(t, count) : NULL;
    if (other == NULL) {
        if (result != NULL) rt_decref(t, &result->base.base);
        return NULL;
    }
    to_complement(result->limbs, &x, count);
    to_complement(other->limbs, &y, count);
    for (size_t i = 0; i < count; i++)
        result->limbs[i] = combine(op, result->limbs[i], other->limbs[i]);
    rt_decref(t, &other->base.base);
    bool negative = result->limbs[count - 1] >> (RT_LIMB_BITS - 1);
    if (negative) negate(result->limbs, count);
    return finish(t, result, count, negative);
}

// ------------------------------------------------------------------ powers

// Squares and multiplies, from the exponent's highest bit down; after each step the rest is
// taken, if there is a modulus.
static RtObject *step(RtThread *t, RtObject *a, RtObject *b, RtObject *modulus)
{
    RtObject *product = rt__big_mul(t, a, b);
    if (product == NULL || modulus == NULL) return product;
    RtObject *rest = NULL;
    rt__big_divide(t, product, modulus, NULL, &rest);
    rt_decref(t, product);
    return rest;
}

static bool bit(const RtMagnitude *x, uint64_t index)
{
    return x->limbs[index / RT_LIMB_BITS] >> index % RT_LIMB_BITS & 1;
}

static RtObject *power(RtThread *t, RtObject *base, const RtMagnitude *exponent, uint64_t bits,
                       RtObject *modulus)
{
    RtObject *result = rt_new_ref(t, base);
    for (uint64_t i = bits - 1; result != NULL && i-- > 0;) {
        if (!replace_steal(t, &result, step(t, result, result, modulus))) break;
        if (bit(exponent, i)) replace_steal(t, &result, step(t, result, base, modulus));
    }
    return result;
}

RtObject *rt__big_power(RtThread *t, RtObject *base, uint64_t exponent)
{
    RtMagnitude x = {.count = 1, .own = exponent};
    x.limbs = &x.own;
    if (exponent == 0) return rt_int_new(t, 1);
    return power(t, base, &x, RT_LIMB_BITS - leading_zeros(&x), NULL);
}

RtObject *rt__big_power_modulo(RtThread *t, RtObject *base, RtObject *exponent,
                               RtObject *modulus)
{
    RtMagnitude x;
    rt__int_magnitude(exponent, &x);
    RtObject *first = x.count > 0 ? rt_new_ref(t, base) : rt_int_new(t, 1);
    RtObject *reduced = NULL;
    bool done = first != NULL && rt__big_divide(t, first, modulus, NULL, &reduced);
    rt_decref_null(t, first);
    if (!done || x.count == 0) return reduced;
    RtObject *result = power(t, reduced, &x, rt__int_bit_length(exponent), modulus);
    rt_decref(t, reduced);
    return result;
}

// ------------------------------------------------------------------ comparisons and the hash

int rt__big_compare(const RtObject *a, const RtObject *b)
{
    RtMagnitude x, y;
    rt__int_magnitude(a, &x);
    rt__int_magnitude(b, &y);
    if (x.negative != y.negative) return x.negative ? -1 : 1;
    int order = rt__magnitude_compare(&x, &y);
    return x.negative ? -order : order;
}

int64_t rt__big_hash(const RtObject *a)
{
    RtMagnitude x;
    rt__int_magnitude(a, &x);
    int64_t rest = 0;
    if (x.count > 0)
        rest = (int64_t)mpn_mod_1(x.limbs, (mp_size_t)x.count, (mp_limb_t)RT_HASH_MODULUS);
    return rt__value_hash_int(x.negative ? -rest : rest);
}

uint64_t rt__magnitude_bit_length(const RtMagnitude *x)
{
    return x->count > 0 ? x->count * RT_LIMB_BITS - leading_zeros(x) : 0;
}

uint64_t rt__int_bit_length(const RtObject *a)
{
    RtMagnitude x;
    rt__int_magnitude(a, &x);
    return rt__magnitude_bit_length(&x);
}
