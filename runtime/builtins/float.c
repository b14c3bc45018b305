// float.c: the methods and operators of float.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "builtins/builtins.h"
#include "builtins/format_spec.h"
#include "object/float.h"
#include "object/int_big.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ from text

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool same_word(const char *text, size_t size, const char *word)
{
    size_t i = 0;
    for (; i < size && word[i] != '\0'; i++) {
        if ((text[i] | 0x20) != word[i]) return false;
    }
    return i == size && word[i] == '\0';
}

static bool is_special(const char *text, size_t size)
{
    if (size > 0 && (*text == '-' || *text == '+')) {
        text++;
        size--;
    }
    return same_word(text, size, "inf") || same_word(text, size, "infinity") ||
           same_word(text, size, "nan");
}

// Copies a number as C writes it: without the underscores, which stand between digits only.
// False: it has what Python's floats have not, as hexadecimal digits.
static bool copy_number(const char *text, size_t size, char *to)
{
    for (size_t i = 0; i < size; i++) {
        bool between = i > 0 && i + 1 < size && is_digit(text[i - 1]) && is_digit(text[i + 1]);
        if (text[i] == '_' ? !between : !is_digit(text[i]) && strchr("+-.eE", text[i]) == NULL)
            return false;
        if (text[i] == '\0') return false;
        if (text[i] != '_') *to++ = text[i];
    }
    *to = '\0';
    return true;
}

static bool parse(const char *text, size_t size, char *scratch, double *value)
{
    char *end;
    if (size == 0) return false;
    if (is_special(text, size)) {
        memcpy(scratch, text, size);
        scratch[size] = '\0';
    } else if (!copy_number(text, size, scratch)) {
        return false;
    }
    *value = strtod(scratch, &end);
    return end != scratch && *end == '\0';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

static RtObject *invalid(RtThread *t, RtObject *str)
{
    RtObject *repr = rt_object_repr(t, str);
    if (repr == NULL) return NULL;
    rt__error_format(t, RT_ERROR_VALUE, "could not convert string to float: %s",
                     rt_str_bytes_borrowed(repr, NULL));
    rt_decref(t, repr);
    return NULL;
}

static RtObject *from_str(RtThread *t, RtObject *str)
{
    char few[64];
    size_t size;
    double value;
    const char *text = rt_str_bytes_borrowed(str, &size);
    for (; size > 0 && is_space(*text); size--)
        text++;
    while (size > 0 && is_space(text[size - 1]))
        size--;
    char *scratch = size < sizeof few ? few : rt_array_alloc(size + 1);
    if (scratch == NULL) {
        rt_error_set(t, RT_ERROR_MEMORY, "");
        return NULL;
    }
    bool good = parse(text, size, scratch, &value);
    if (scratch != few) rt_array_free(scratch);
    return good ? rt_float_new(t, value) : invalid(t, str);
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    double value;
    if (!rt__accepts(t, type->name, count, 1, kwnames)) return NULL;
    if (count == 0) return rt_float_new(t, 0);
    RtObject *object = args[0];
    if (object->type == &rt__float_type) return rt_new_ref(t, object);
    if (rt_str_check(object)) return from_str(t, object);
    if (rt__as_double(t, object, &value)) return rt_float_new(t, value);
    if (rt_error_kind(t) == RT_ERROR_TYPE && rt__special(object, RT_NAME_float_) == NULL &&
        rt__special(object, RT_NAME_index) == NULL)
        rt__error_format(t, RT_ERROR_TYPE,
                         "float() argument must be a string or a real number, not '%s'",
                         object->type->name);
    return NULL;
}

// ------------------------------------------------------------------ powers

static RtObject *out_of_range(RtThread *t)
{
    rt_error_set(t, RT_ERROR_OVERFLOW, "(34, 'Numerical result out of range')");
    return NULL;
}

static RtObject *power_of_doubles(RtThread *t, double x, double y)
{
    if (x == 0 && y < 0 && isfinite(y)) {
        rt_error_set(t, RT_ERROR_ZERO_DIVISION, "0.0 cannot be raised to a negative power");
        return NULL;
    }
    if (x < 0 && isfinite(x) && isfinite(y) && floor(y) != y) {
        rt_error_set(
            t, RT_ERROR_VALUE,
            "negative numbers to fractional powers are complex, which is not supported");
        return NULL;
    }
    double value = pow(x, y);
    if (isinf(value) && isfinite(x) && isfinite(y)) return out_of_range(t);
    return rt_float_new(t, value);
}

static RtObject *power_of_ints(RtThread *t, RtObject *a, RtObject *b)
{
    if (rt__int_is_small(b)) return rt__big_power(t, a, (uint64_t)rt__int_value(b));
    int64_t base = rt__int_is_small(a) ? rt__int_value(a) : 2;
    if (base == 0 || base == 1) return rt_int_new(t, base);
    if (base == -1) return rt_int_new(t, ((const RtBigInt *)b)->limbs[0] & 1 ? -1 : 1);
    rt_error_set(t, RT_ERROR_MEMORY, "");
    return NULL;
}

RtObject *rt__power(RtThread *t, RtObject *a, RtObject *b)
{
    double x, y;
    if (a->type == &rt__bool_type) a = rt_int_new(t, rt__int_value(a)); // small and shared
    if (rt__is_int(a) && rt__is_int(b) && ((const RtInt *)b)->tagged >= 0)
        return power_of_ints(t, a, b);
    if (!rt__as_double(t, a, &x) || !rt__as_double(t, b, &y)) return NULL;
    return power_of_doubles(t, x, y);
}

// ------------------------------------------------------------------ operators

static bool is_number(const RtObject *object)
{
    return object->type == &rt__float_type || rt__is_int(object);
}

// Ints that no double holds exactly are rounded first, and the operation is done by the
// interpreter, as on floats.
static RtObject *binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    double x, y;
    if (!is_number(a) || !is_number(b) || op > RT_BINARY_POW) return rt_not_implemented();
    if (op == RT_BINARY_POW) return rt__power(t, a, b);
    if (!rt__as_double(t, a, &x) || !rt__as_double(t, b, &y)) return NULL;
    RtObject *left = rt_float_new(t, x), *right = left != NULL ? rt_float_new(t, y) : NULL;
    RtObject *result = right != NULL ? rt__binary(t, op, left, right) : NULL;
    rt_decref_null(t, left);
    rt_decref_null(t, right);
    return result;
}

static RtObject *compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    (void)t;
    double value = rt_float_value(a);
    if (!rt__is_int(b)) return rt_not_implemented();
    if (isnan(value)) return rt_bool(op == RT_COMPARE_NE);
    return rt_bool(rt__order_is(-rt__big_compare_double(b, value), op));
}

// ------------------------------------------------------------------ rounding

// rint() rounds ties to even, in the mode that no program can change.
RtObject *rt__round_double(RtThread *t, double value)
{
    if (isnan(value)) {
        rt_error_set(t, RT_ERROR_VALUE, "cannot convert float NaN to integer");
        return NULL;
    }
    if (isinf(value)) {
        rt_error_set(t, RT_ERROR_OVERFLOW, "cannot convert float infinity to integer");
        return NULL;
    }
    return rt__int_from_double(t, rint(value));
}

// ------------------------------------------------------------------ methods

NATIVE(is_integer)
{
    double value = rt_float_value(args[0]);
    return rt_bool(isfinite(value) && floor(value) == value);
}

// The double is a fraction whose denominator is a power of two.
NATIVE(as_integer_ratio)
{
    double value = rt_float_value(args[0]);
    int exponent;
    if (!isfinite(value)) {
        if (isnan(value))
            rt_error_set(t, RT_ERROR_VALUE, "cannot convert NaN to integer ratio");
        else
            rt_error_set(t, RT_ERROR_OVERFLOW, "cannot convert Infinity to integer ratio");
        return NULL;
    }
    double fraction = frexp(value, &exponent);
    for (; fraction != floor(fraction); exponent--)
        fraction *= 2;
    RtObject *pair = rt_tuple_new(t, 2);
    RtObject *whole = pair != NULL ? rt__int_from_double(t, fraction) : NULL;
    RtObject *one = rt__int_shared(4);
    RtObject *top = whole != NULL
                        ? rt__big_shift_left(t, whole, exponent > 0 ? (uint64_t)exponent : 0)
                        : NULL;
    RtObject *bottom =
        top != NULL ? rt__big_shift_left(t, one, exponent < 0 ? (uint64_t)-exponent : 0) : NULL;
    rt_decref_null(t, whole);
    if (bottom != NULL) {
        rt_tuple_set_steal(pair, 0, top);
        rt_tuple_set_steal(pair, 1, bottom);
        return pair;
    }
    rt_decref_null(t, top);
    rt_decref_null(t, pair);
    return NULL;
}

static const RtBuiltin methods[] = {
    RT_METHOD("float.as_integer_ratio", as_integer_ratio, 0, 0),
    RT_METHOD("float.is_integer", is_integer, 0, 0),
    RT_BUILTIN_END,
};

const RtSlots rt__float_slots = {
    .construct = construct,
    .binary = binary,
    .compare = compare,
    .format = rt__format_float,
    .methods = methods,
};
