// int_big.h: ints of any size.
//
// Beyond 62 bits an int's digits follow its header: limbs of 64 bits, the least significant
// first, without leading zeros, and `tagged` says how many and the sign. An int is big only if
// it has to be, so that equal ints have one form. The low-level functions of GMP do the work on
// limbs that are in our own objects: they allocate nothing that could fail behind our back, and
// keep no state of the process.
//
// Operands are ints of any size, or bools; small ones too, so that a caller need not sort
// cases. Returned are new references, or NULL with an error: MEMORY, or what the function says.
#ifndef RT_OBJECT_INT_BIG_H
#define RT_OBJECT_INT_BIG_H

#include <gmp.h>

#include "object/int.h"

typedef struct RtBigInt {
    RtInt base;
    mp_limb_t limbs[];
} RtBigInt;

#define RT_LIMB_BITS 64u
_Static_assert(sizeof(mp_limb_t) * 8 == RT_LIMB_BITS, "limbs are of 64 bits");

// The tagged word of a big int: its count of limbs, negative for a negative int.
#define RT_BIG_TAG 1

// The magnitude of an int of any size. Not to be copied: `limbs` may lead to `own`.
typedef struct RtMagnitude {
    const mp_limb_t *limbs;
    size_t count; // 0 for zero
    bool negative;
    mp_limb_t own;
} RtMagnitude;
void rt__int_magnitude(const RtObject *object, RtMagnitude *magnitude);
int rt__magnitude_compare(const RtMagnitude *x, const RtMagnitude *y); // negative, 0, positive
uint64_t rt__magnitude_bit_length(const RtMagnitude *x);
bool rt__magnitude_has_low_bits(const RtMagnitude *x,
                                uint64_t bits); // one of the lowest is set
// An int of these limbs, which may begin with zeros.
RtObject *rt__int_from_limbs(RtThread *t, const mp_limb_t *limbs, size_t count, bool negative);

RtObject *rt__big_add(RtThread *t, const RtObject *a, const RtObject *b);
RtObject *rt__big_sub(RtThread *t, const RtObject *a, const RtObject *b);
RtObject *rt__big_mul(RtThread *t, const RtObject *a, const RtObject *b);
// The quotient rounded down and the rest, which has b's sign; either pointer may be NULL. False
// with an error: ZERO_DIVISION.
bool rt__big_divide(RtThread *t, const RtObject *a, const RtObject *b, RtObject **quotient,
                    RtObject **rest);
RtObject *rt__big_negate(RtThread *t, const RtObject *a);
RtObject *rt__big_shift_left(RtThread *t, const RtObject *a, uint64_t bits);
RtObject *rt__big_shift_right(RtThread *t, const RtObject *a, uint64_t bits); // rounds down
// '&', '|' or '^', as on numbers in two's complement with endless signs.
RtObject *rt__big_bitwise(RtThread *t, char op, const RtObject *a, const RtObject *b);
RtObject *rt__big_power(RtThread *t, RtObject *base, uint64_t exponent);
// The exponent is not negative, the modulus not zero. The result has the modulus's sign.
RtObject *rt__big_power_modulo(RtThread *t, RtObject *base, RtObject *exponent,
                               RtObject *modulus);

int rt__big_compare(const RtObject *a, const RtObject *b); // negative, 0, positive
int rt__big_compare_double(const RtObject *a, double b);   // exactly; b is not NaN
int64_t rt__big_hash(const RtObject *a);                   // as rt__value_hash_int
uint64_t rt__int_bit_length(const RtObject *a);            // of the magnitude

// Rounded to the nearest, ties to even. False: it is beyond all doubles; no error is set.
bool rt__big_to_double(const RtObject *a, double *value);
// The quotient so rounded. False with an error: ZERO_DIVISION, OVERFLOW.
bool rt__big_true_divide(RtThread *t, const RtObject *a, const RtObject *b, double *value);
// The double without its fraction, which is finite.
RtObject *rt__int_from_double(RtThread *t, double value);

#endif
