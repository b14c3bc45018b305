// int_text.c: the digits of ints.
#include "object/int_text.h"

#include <stdio.h>
#include <string.h>

#include "object/error.h"
#include "object/int_big.h"
#include "platform/platform.h"
#include "rt_inline.h"

// ------------------------------------------------------------------ to text

static void too_many_digits(RtBuffer *buffer)
{
    rt__error_format(buffer->t, RT_ERROR_VALUE,
                     "Exceeds the limit (%d digits) for integer string conversion; use "
                     "sys.set_int_max_str_digits() to increase the limit",
                     RT_INT_MAX_DIGITS);
    rt__buffer_fail(buffer);
}

static void add_small(RtBuffer *buffer, uint64_t value, unsigned base)
{
    char digits[64];
    char *first = digits + sizeof digits;
    do {
        *--first = "0123456789abcdefghijklmnopqrstuvwxyz"[value % base];
        value /= base;
    } while (value != 0);
    rt__buffer_add(buffer, first, (size_t)(digits + sizeof digits - first));
}

static bool is_power_of_two(unsigned base)
{
    return (base & (base - 1)) == 0;
}

// mpn_get_str gives digits as numbers, a leading zero now and then, and destroys what it reads.
// Within the limit it needs no memory but the stack's.
static void add_big(RtBuffer *buffer, const RtMagnitude *x, unsigned base, size_t most)
{
    size_t limbs_size = (x->count + 1) * sizeof(mp_limb_t);
    char *scratch = rt_array_alloc(limbs_size + most);
    if (scratch == NULL) {
        rt_error_set(buffer->t, RT_ERROR_MEMORY, "out of memory");
        rt__buffer_fail(buffer);
        return;
    }
    mp_limb_t *limbs = (mp_limb_t *)(void *)scratch;
    unsigned char *digits = (unsigned char *)scratch + limbs_size;
    memcpy(limbs, x->limbs, x->count * sizeof *limbs);
    size_t count = mpn_get_str(digits, (int)base, limbs, (mp_size_t)x->count);
    size_t first = 0;
    while (digits[first] == 0)
        first++;
    for (size_t i = first; i < count; i++)
        digits[i] = (unsigned char)"0123456789abcdefghijklmnopqrstuvwxyz"[digits[i]];
    if (!is_power_of_two(base) && count - first > RT_INT_MAX_DIGITS)
        too_many_digits(buffer);
    else
        rt__buffer_add(buffer, (char *)digits + first, count - first);
    rt_array_free(scratch);
}

void rt__int_add_digits(RtBuffer *buffer, const RtObject *number, unsigned base)
{
    RtMagnitude x;
    rt__int_magnitude(number, &x);
    if (x.count <= 1) {
        add_small(buffer, x.count > 0 ? x.limbs[0] : 0, base);
        return;
    }
    unsigned bits_per_digit = 31u - (unsigned)__builtin_clz(base); // at least
    uint64_t bits = rt__int_bit_length(number);
    if (!is_power_of_two(base) && bits > (uint64_t)RT_INT_MAX_DIGITS * (bits_per_digit + 1))
        too_many_digits(buffer);
    else
        add_big(buffer, &x, base, bits / bits_per_digit + 2);
}

RtObject *rt__int_to_str(RtThread *t, const RtObject *number, unsigned base)
{
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    if (((const RtInt *)number)->tagged < 0) rt__buffer_add_text(&buffer, "-");
    rt__int_add_digits(&buffer, number, base);
    return rt__buffer_finish(&buffer);
}

// ------------------------------------------------------------------ from text

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

// 36 and more: no digit.
static unsigned digit_of(char c)
{
    if (c >= '0' && c <= '9') return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'z') return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'Z') return (unsigned)(c - 'A') + 10;
    return 99;
}

// What is left to read, and what was found out about it.
typedef struct Literal {
    const char *at;
    const char *end;
    unsigned base;
    bool negative;
} Literal;

static void skip_spaces_and_sign(Literal *literal)
{
    while (literal->at < literal->end && is_space(*literal->at))
        literal->at++;
    while (literal->at < literal->end && is_space(literal->end[-1]))
        literal->end--;
    if (literal->at == literal->end) return;
    literal->negative = *literal->at == '-';
    if (*literal->at == '-' || *literal->at == '+') literal->at++;
}

static unsigned base_of_prefix(const Literal *literal)
{
    if (literal->end - literal->at < 2 || literal->at[0] != '0') return 0;
    switch (literal->at[1]) {
    case 'x':
    case 'X':
        return 16;
    case 'o':
    case 'O':
        return 8;
    case 'b':
    case 'B':
        return 2;
    default:
        return 0;
    }
}

// False: without a prefix, a number whose base it should tell does not begin with a zero.
static bool skip_prefix(Literal *literal)
{
    unsigned told = base_of_prefix(literal);
    if (told != 0 && (literal->base == 0 || literal->base == told)) {
        literal->base = told;
        literal->at += 2;
        if (literal->at < literal->end && *literal->at == '_') literal->at++;
        return true;
    }
    if (literal->base != 0) return true;
    literal->base = 10;
    if (literal->at < literal->end && *literal->at != '0') return true;
    for (const char *c = literal->at; c < literal->end; c++) {
        if (*c != '0' && *c != '_') return false;
    }
    return true;
}

// Fills `digits` with the digits' values; returns how many, 0 if that is no number.
static size_t read_digits(const Literal *literal, unsigned char *digits)
{
    size_t count = 0;
    bool after_digit = false;
    for (const char *c = literal->at; c < literal->end; c++) {
        unsigned digit = digit_of(*c);
        if (*c == '_' ? !after_digit : digit >= literal->base) return 0;
        after_digit = *c != '_';
        if (after_digit) digits[count++] = (unsigned char)digit;
    }
    return after_digit ? count : 0;
}

static bool small_value(const unsigned char *digits, size_t count, unsigned base,
                        int64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        if (__builtin_mul_overflow(*value, (int64_t)base, value) ||
            __builtin_add_overflow(*value, (int64_t)digits[i], value))
            return false;
    }
    return true;
}

static RtObject *big_value(RtThread *t, const unsigned char *digits, size_t count,
                           const Literal *literal)
{
    size_t room = count * 6 / 64 + 2; // no base has more than six bits a digit
    mp_limb_t *limbs = rt_array_alloc(room * sizeof *limbs);
    if (limbs == NULL) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    mp_size_t size = mpn_set_str(limbs, digits, count, (int)literal->base);
    RtObject *number = rt__int_from_limbs(t, limbs, (size_t)size, literal->negative);
    rt_array_free(limbs);
    return number;
}

static RtObject *invalid(RtThread *t, RtObject *str, unsigned base)
{
    RtObject *repr = rt_object_repr(t, str);
    if (repr == NULL) return NULL;
    rt__error_format(t, RT_ERROR_VALUE, "invalid literal for int() with base %u: %s", base,
                     rt_str_bytes_borrowed(repr, NULL));
    rt_decref(t, repr);
    return NULL;
}

static RtObject *from_digits(RtThread *t, const unsigned char *digits, size_t count,
                             const Literal *literal)
{
    int64_t value;
    if (small_value(digits, count, literal->base, &value))
        return rt_int_new(t, literal->negative ? -value : value);
    if (count > RT_INT_MAX_DIGITS && !is_power_of_two(literal->base)) {
        rt__error_format(
            t, RT_ERROR_VALUE,
            "Exceeds the limit (%d digits) for integer string conversion: value has "
            "%zu digits; use sys.set_int_max_str_digits() to increase the limit",
            RT_INT_MAX_DIGITS, count);
        return NULL;
    }
    return big_value(t, digits, count, literal);
}

RtObject *rt__int_parse(RtThread *t, RtObject *str, unsigned base)
{
    unsigned char few[64];
    size_t size;
    Literal literal = {.at = rt_str_bytes_borrowed(str, &size), .base = base};
    literal.end = literal.at + size;
    skip_spaces_and_sign(&literal);
    if (!skip_prefix(&literal)) return invalid(t, str, base);
    size_t most = (size_t)(literal.end - literal.at);
    unsigned char *digits = most <= sizeof few ? few : rt_array_alloc(most);
    if (digits == NULL) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    size_t count = read_digits(&literal, digits);
    RtObject *number =
        count > 0 ? from_digits(t, digits, count, &literal) : invalid(t, str, base);
    if (digits != few) rt_array_free(digits);
    return number;
}
