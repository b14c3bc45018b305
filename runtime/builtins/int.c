// int.c: the methods and operators of int and bool. Small ints that stay small are the
// interpreter's (vm/arithmetic.c); here is what else there is.
#include <string.h>

#include "builtins/builtins.h"
#include "builtins/format_spec.h"
#include "object/bytes.h"
#include "object/float.h"
#include "object/int_big.h"
#include "object/int_text.h"
#include "object/value.h"
#include "vm/operations.h"

static bool is_negative(const RtObject *number)
{
    return ((const RtInt *)number)->tagged < 0;
}

// ------------------------------------------------------------------ conversions

static RtObject *from_float(RtThread *t, double value)
{
    if (__builtin_isnan(value)) {
        rt_error_set(t, RT_ERROR_VALUE, "cannot convert float NaN to integer");
        return NULL;
    }
    if (__builtin_isinf(value)) {
        rt_error_set(t, RT_ERROR_OVERFLOW, "cannot convert float infinity to integer");
        return NULL;
    }
    return rt__int_from_double(t, value);
}

static RtObject *from_bytes_text(RtThread *t, RtObject *bytes)
{
    RtObject *text = rt_str_new(t, rt__bytes_of(bytes)->bytes, rt__bytes_of(bytes)->size);
    RtObject *number = text != NULL ? rt__int_parse(t, text, 10) : NULL;
    rt_decref_null(t, text);
    return number;
}

static RtObject *from_object(RtThread *t, RtObject *object)
{
    if (rt__is_int(object)) return rt__plain_int(t, object);
    if (object->type == &rt__float_type) return from_float(t, rt_float_value(object));
    if (rt_str_check(object)) return rt__int_parse(t, object, 10);
    if (object->type == &rt__bytes_type) return from_bytes_text(t, object);
    RtObject *result = rt__int_by_special(t, object, RT_NAME_int_);
    if (result == NULL && rt_error_kind(t) == RT_ERROR_NONE)
        result = rt__int_by_special(t, object, RT_NAME_index);
    if (result == NULL && rt_error_kind(t) == RT_ERROR_NONE)
        rt__error_format(
            t, RT_ERROR_TYPE,
            "int() argument must be a string, a bytes-like object or a real number, "
            "not '%s'",
            object->type->name);
    return result;
}

static RtObject *from_text(RtThread *t, RtObject *text, RtObject *base)
{
    int64_t value;
    if (!rt__as_int(t, base, &value)) return NULL;
    if (value != 0 && (value < 2 || value > 36)) {
        rt_error_set(t, RT_ERROR_VALUE, "int() base must be >= 2 and <= 36, or 0");
        return NULL;
    }
    if (rt_str_check(text)) return rt__int_parse(t, text, (unsigned)value);
    rt_error_set(t, RT_ERROR_TYPE, "int() can't convert non-string with explicit base");
    return NULL;
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    static const char *const names[] = {"", "base", NULL};
    RtObject *values[2];
    if (!rt__accepts(t, type->name, count, 2, NULL)) return NULL;
    if (!rt__arguments(t, type->name, args, count, kwnames, names, values)) return NULL;
    if (values[0] == NULL && values[1] == NULL) return rt_int_new(t, 0);
    if (values[0] == NULL) {
        rt_error_set(t, RT_ERROR_TYPE, "int() missing string argument");
        return NULL;
    }
    return values[1] != NULL ? from_text(t, values[0], values[1]) : from_object(t, values[0]);
}

static RtObject *construct_bool(RtThread *t, const RtType *type, RtObject *const *args,
                                size_t count, RtObject *kwnames)
{
    if (!rt__accepts(t, type->name, count, 1, kwnames)) return NULL;
    int truth = count > 0 ? rt__truth(t, args[0]) : 0;
    return truth < 0 ? NULL : rt_bool(truth);
}

// ------------------------------------------------------------------ operators

// How far to shift; a count that no memory has room for is an error, to the right it is plenty.
static bool shift_count(RtThread *t, RtObject *b, bool left, uint64_t *bits)
{
    if (is_negative(b)) {
        rt_error_set(t, RT_ERROR_VALUE, "negative shift count");
        return false;
    }
    *bits = rt__int_is_small(b) ? (uint64_t)rt__int_value(b) : UINT64_MAX;
    if (rt__int_is_small(b) || !left) return true;
    rt_error_set(t, RT_ERROR_OVERFLOW, "too many digits in integer");
    return false;
}

static RtObject *shift(RtThread *t, RtObject *a, RtObject *b, bool left)
{
    uint64_t bits;
    if (!shift_count(t, b, left, &bits)) return NULL;
    return left ? rt__big_shift_left(t, a, bits) : rt__big_shift_right(t, a, bits);
}

static RtObject *true_divide(RtThread *t, RtObject *a, RtObject *b)
{
    double value;
    return rt__big_true_divide(t, a, b, &value) ? rt_float_new(t, value) : NULL;
}

static RtObject *divide(RtThread *t, RtObject *a, RtObject *b, bool quotient)
{
    RtObject *result = NULL;
    bool done = rt__big_divide(t, a, b, quotient ? &result : NULL, quotient ? NULL : &result);
    return done ? result : NULL;
}

static RtObject *bitwise(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    char symbol = op == RT_BINARY_AND ? '&' : op == RT_BINARY_OR ? '|' : '^';
    RtObject *result = rt__big_bitwise(t, symbol, a, b);
    if (result == NULL || a->type != &rt__bool_type || b->type != a->type) return result;
    return rt_bool(rt__int_value(result)); // small and shared: nothing to drop
}

static RtObject *ints(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    switch (op) {
    case RT_BINARY_ADD:
        return rt_int_add(t, a, b);
    case RT_BINARY_SUB:
        return rt_int_sub(t, a, b);
    case RT_BINARY_MUL:
        return rt_int_mul(t, a, b);
    case RT_BINARY_TRUEDIV:
        return true_divide(t, a, b);
    case RT_BINARY_FLOORDIV:
        return divide(t, a, b, true);
    case RT_BINARY_MOD:
        return divide(t, a, b, false);
    case RT_BINARY_POW:
        return rt__power(t, a, b);
    case RT_BINARY_LSHIFT:
        return shift(t, a, b, true);
    case RT_BINARY_RSHIFT:
        return shift(t, a, b, false);
    default:
        return bitwise(t, op, a, b);
    }
}

static RtObject *binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    return rt__is_int(a) && rt__is_int(b) ? ints(t, op, a, b) : rt_not_implemented();
}

static RtObject *unary(RtThread *t, RtUnary op, RtObject *number)
{
    RtObject *minus;
    switch (op) {
    case RT_UNARY_NEG:
        return rt__big_negate(t, number);
    case RT_UNARY_POS:
        return rt__plain_int(t, number);
    default: // ~x = -x - 1
        minus = rt__big_negate(t, number);
        if (minus == NULL) return NULL;
        RtObject *result = rt_int_sub(t, minus, rt__int_shared(4));
        rt_decref(t, minus);
        return result;
    }
}

static RtObject *compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    (void)t;
    if (rt__is_int(b)) return rt_bool(rt__order_is(rt__big_compare(a, b), op));
    if (b->type != &rt__float_type) return rt_not_implemented();
    double value = rt_float_value(b);
    if (__builtin_isnan(value)) return rt_bool(op == RT_COMPARE_NE);
    return rt_bool(rt__order_is(rt__big_compare_double(a, value), op));
}

// ------------------------------------------------------------------ methods

NATIVE(bit_length)
{
    return rt_int_new(t, (int64_t)rt__int_bit_length(args[0]));
}

NATIVE(bit_count)
{
    RtMagnitude x;
    int64_t ones = 0;
    rt__int_magnitude(args[0], &x);
    for (size_t i = 0; i < x.count; i++) {
        for (mp_limb_t limb = x.limbs[i]; limb != 0; limb &= limb - 1)
            ones++;
    }
    return rt_int_new(t, ones);
}

static bool byte_order(RtThread *t, RtObject *given, bool *little)
{
    const char *text =
        given != NULL && rt_str_check(given) ? rt_str_bytes_borrowed(given, NULL) : "big";
    *little = strcmp(text, "little") == 0;
    if (*little || strcmp(text, "big") == 0) return true;
    rt_error_set(t, RT_ERROR_VALUE, "byteorder must be either 'little' or 'big'");
    return false;
}

static void write_bytes(const RtMagnitude *x, char *to, size_t size, bool little)
{
    unsigned carry = x->negative; // of the two's complement
    for (size_t i = 0; i < size; i++) {
        unsigned byte = i / 8 < x->count ? (unsigned)(x->limbs[i / 8] >> i % 8 * 8) & 0xff : 0;
        if (x->negative) {
            byte = (~byte & 0xff) + carry;
            carry = byte >> 8;
        }
        to[little ? i : size - 1 - i] = (char)byte;
    }
}

// Bits that the number takes, its sign's included.
static uint64_t signed_bits(RtThread *t, RtObject *number)
{
    if (!is_negative(number)) return rt__int_bit_length(number) + 1;
    RtObject *inverse = unary(t, RT_UNARY_INVERT, number);
    if (inverse == NULL) return UINT64_MAX;
    uint64_t bits = rt__int_bit_length(inverse) + 1;
    rt_decref(t, inverse);
    return bits;
}

NATIVE(to_bytes)
{
    static const char *const names[] = {"length", "byteorder", "signed", NULL};
    RtObject *values[3];
    bool little;
    int64_t size = 1;
    if (!rt__arguments(t, "to_bytes", args + 1, count - 1, kwnames, names, values)) return NULL;
    if (values[0] != NULL && !rt__as_int(t, values[0], &size)) return NULL;
    if (!byte_order(t, values[1], &little)) return NULL;
    bool is_signed = values[2] != NULL && rt__truth(t, values[2]) > 0;
    if (is_negative(args[0]) && !is_signed) {
        rt_error_set(t, RT_ERROR_OVERFLOW, "can't convert negative int to unsigned");
        return NULL;
    }
    uint64_t bits = is_signed ? signed_bits(t, args[0]) : rt__int_bit_length(args[0]);
    if (size < 0 || bits > (uint64_t)size * 8) {
        rt_error_set(t, RT_ERROR_OVERFLOW, "int too big to convert");
        return NULL;
    }
    RtMagnitude x;
    rt__int_magnitude(args[0], &x);
    RtBytes *bytes = rt__bytes_reserve(t, (size_t)size);
    if (bytes != NULL) write_bytes(&x, bytes->bytes, (size_t)size, little);
    return bytes != NULL ? &bytes->base : NULL;
}

static RtObject *read_bytes(RtThread *t, const RtBytes *bytes, bool little)
{
    RtObject *number = rt_int_new(t, 0);
    for (size_t i = 0; number != NULL && i < bytes->size; i++) {
        unsigned char byte = (unsigned char)bytes->bytes[little ? bytes->size - 1 - i : i];
        RtObject *shifted = rt__big_shift_left(t, number, 8);
        rt_decref(t, number);
        number = shifted != NULL ? rt_int_add(t, shifted, rt__int_shared(byte * 4)) : NULL;
        rt_decref_null(t, shifted);
    }
    return number;
}

// Less 2^n, if the highest of n bits is set.
static RtObject *with_sign_steal(RtThread *t, RtObject *number, size_t bits)
{
    if (number == NULL || bits == 0 || rt__int_bit_length(number) < bits) return number;
    RtObject *range = rt__big_shift_left(t, rt__int_shared(4), bits);
    RtObject *result = range != NULL ? rt_int_sub(t, number, range) : NULL;
    rt_decref_null(t, range);
    rt_decref(t, number);
    return result;
}

// A function of the type: int.from_bytes(bytes).
NATIVE(from_bytes)
{
    static const char *const names[] = {"bytes", "byteorder", "signed", NULL};
    RtObject *values[3];
    bool little;
    if (!rt__arguments(t, "from_bytes", args, count, kwnames, names, values)) return NULL;
    if (values[0] == NULL || values[0]->type != &rt__bytes_type) {
        rt_error_set(t, RT_ERROR_TYPE, "cannot convert object to bytes");
        return NULL;
    }
    if (!byte_order(t, values[1], &little)) return NULL;
    RtObject *number = read_bytes(t, rt__bytes_of(values[0]), little);
    if (values[2] == NULL || rt__truth(t, values[2]) <= 0) return number;
    return with_sign_steal(t, number, rt__bytes_of(values[0])->size * 8);
}

static const RtBuiltin methods[] = {
    RT_METHOD("int.bit_count", bit_count, 0, 0),
    RT_METHOD("int.bit_length", bit_length, 0, 0),
    RT_FUNCTION_KW("int.from_bytes", from_bytes, 0, 2),
    RT_METHOD_KW("int.to_bytes", to_bytes, 0, 2),
    RT_BUILTIN_END,
};

const RtSlots rt__int_slots = {
    .construct = construct,
    .binary = binary,
    .unary = unary,
    .compare = compare,
    .format = rt__format_int,
    .methods = methods,
};

// CPython formats a bool without a spec as its name.
static RtObject *format_bool(RtThread *t, RtObject *object, RtObject *spec)
{
    size_t size;
    rt_str_bytes_borrowed(spec, &size);
    return size == 0 ? rt__str(t, object) : rt__format_int(t, object, spec);
}

const RtSlots rt__bool_slots = {
    .construct = construct_bool,
    .binary = binary,
    .unary = unary,
    .compare = compare,
    .format = format_bool,
};
