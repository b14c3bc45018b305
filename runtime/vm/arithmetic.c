// arithmetic.c: operators on any operands, and those on small ints and floats that the eval loop
// leaves to functions.
#include <math.h>

#include "object/float.h"
#include "object/int_big.h"
#include "object/value.h"
#include "vm/operations.h"

static const char *const symbols[RT_BINARY_COUNT] = {"+",  "-",  "*", "/", "//", "%", "** or pow()",
                                                     "<<", ">>", "&", "|", "^"};
static const char *const symbols_in_place[RT_BINARY_COUNT] = {
    "+=", "-=", "*=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "|=", "^="};

// ------------------------------------------------------------------ numbers of the machine

static RtObject *zero_division(RtThread *t, const char *message)
{
    rt_error_set(t, RT_ERROR_ZERO_DIVISION, message);
    return NULL;
}

// Both are in range, so the quotient is, but for the least by -1, which rt_int_new refuses.
static RtObject *floor_divide(RtThread *t, int64_t x, int64_t y)
{
    if (y == 0) return zero_division(t, "integer division or modulo by zero");
    int64_t quotient = x / y;
    if (x % y != 0 && (x < 0) != (y < 0)) quotient--;
    return rt_int_new(t, quotient);
}

static RtObject *modulo(RtThread *t, int64_t x, int64_t y)
{
    if (y == 0) return zero_division(t, "integer modulo by zero");
    int64_t rest = x % y;
    if (rest != 0 && (rest < 0) != (y < 0)) rest += y;
    return rt_int_new(t, rest);
}

// NULL without an error: not for these operands, the type has to tell.
static RtObject *small_ints(RtThread *t, RtBinary op, int64_t x, int64_t y)
{
    const int64_t exact = (int64_t)1 << 53;
    switch (op) {
    case RT_BINARY_FLOORDIV: return floor_divide(t, x, y);
    case RT_BINARY_MOD: return modulo(t, x, y);
    case RT_BINARY_TRUEDIV:
        if (y == 0) return zero_division(t, "division by zero");
        if (x > exact || x < -exact || y > exact || y < -exact) return NULL;
        return rt_float_new(t, (double)x / (double)y);
    case RT_BINARY_LSHIFT:
        if (y < 0 || y > 60 || x > (RT_INT_MAX >> y) || x < (RT_INT_MIN >> y)) return NULL;
        return rt_int_new(t, (int64_t)((uint64_t)x << y));
    case RT_BINARY_RSHIFT:
        if (y < 0) return NULL;
        return rt_int_new(t, x >> (y < 63 ? y : 63));
    case RT_BINARY_AND: return rt_int_new(t, x & y);
    case RT_BINARY_OR: return rt_int_new(t, x | y);
    case RT_BINARY_XOR: return rt_int_new(t, x ^ y);
    default: return NULL;
    }
}

static double float_modulo(double x, double y)
{
    double rest = fmod(x, y);
    if (rest == 0) return copysign(0.0, y);
    return (rest < 0) != (y < 0) ? rest + y : rest;
}

// CPython's: the quotient is whole by construction, then rounded to the nearest, because the
// division may have been a little off. What the signs add to the rest is no part of it, for it
// may be infinite.
static double float_floor_divide(double x, double y)
{
    double rest = fmod(x, y);
    double quotient = (x - rest) / y;
    if (rest != 0 && (rest < 0) != (y < 0)) quotient -= 1;
    if (quotient == 0) return copysign(0.0, x / y);
    double whole = floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
}

static RtObject *doubles(RtThread *t, RtBinary op, double x, double y)
{
    switch (op) {
    case RT_BINARY_ADD: return rt_float_new(t, x + y);
    case RT_BINARY_SUB: return rt_float_new(t, x - y);
    case RT_BINARY_MUL: return rt_float_new(t, x * y);
    case RT_BINARY_TRUEDIV:
        if (y == 0) return zero_division(t, "float division by zero");
        return rt_float_new(t, x / y);
    case RT_BINARY_FLOORDIV:
        if (y == 0) return zero_division(t, "float floor division by zero");
        return rt_float_new(t, float_floor_divide(x, y));
    case RT_BINARY_MOD:
        if (y == 0) return zero_division(t, "float modulo");
        return rt_float_new(t, float_modulo(x, y));
    default: return NULL; // powers of negative numbers and of zero are the type's
    }
}

static inline bool is_small_int(const RtObject *object)
{
    const RtType *type = object->type;
    if (type != &rt__int_type && type != &rt__bool_type) return false;
    return (((const RtInt *)object)->tagged & 3) == 0;
}

// A float, or an int that a double holds exactly.
static inline bool is_double(const RtObject *object, double *value)
{
    if (object->type == &rt__float_type) {
        *value = ((const RtFloat *)object)->value;
        return true;
    }
    if (!is_small_int(object)) return false;
    int64_t integer = rt__int_value(object);
    *value = (double)integer;
    return integer < (int64_t)1 << 53 && integer > -((int64_t)1 << 53);
}

static RtObject *numbers(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    double x, y;
    if (is_small_int(a) && is_small_int(b) && !(a->type == &rt__bool_type && b->type == a->type))
        return small_ints(t, op, rt__int_value(a), rt__int_value(b));
    if (a->type != &rt__float_type && b->type != &rt__float_type) return NULL;
    return is_double(a, &x) && is_double(b, &y) ? doubles(t, op, x, y) : NULL;
}

// ------------------------------------------------------------------ any operands

static RtObject *unsupported(RtThread *t, const char *symbol, RtObject *a, RtObject *b)
{
    rt__error_format(t, RT_ERROR_TYPE, "unsupported operand type(s) for %s: '%s' and '%s'",
                     symbol, a->type->name, b->type->name);
    return NULL;
}

typedef RtObject *(*BinarySlot)(RtThread *t, RtBinary op, RtObject *a, RtObject *b);

static BinarySlot slot_of(const RtObject *object)
{
    return object->type->slots != NULL ? object->type->slots->binary : NULL;
}

// A type that both operands' slots belong to is asked once.
static RtObject *ask_types(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    BinarySlot first = slot_of(a);
    BinarySlot second = slot_of(b);
    RtObject *result = rt_not_implemented();
    if (first != NULL) result = first(t, op, a, b);
    if (result != rt_not_implemented() || second == NULL || second == first) return result;
    return second(t, op, a, b);
}

static RtObject *binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b, const char *symbol)
{
    RtObject *result = numbers(t, op, a, b);
    if (result != NULL || rt_error_kind(t) != RT_ERROR_NONE) return result;
    result = ask_types(t, op, a, b);
    return result != rt_not_implemented() ? result : unsupported(t, symbol, a, b);
}

RtObject *rt__binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    return binary(t, op, a, b, symbols[op]);
}

RtObject *rt__binary_in_place(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    const RtSlots *slots = a->type->slots;
    RtObject *result = rt_not_implemented();
    if (slots != NULL && slots->binary_in_place != NULL)
        result = slots->binary_in_place(t, op, a, b);
    return result != rt_not_implemented() ? result : binary(t, op, a, b, symbols_in_place[op]);
}

RtObject *rt__unary(RtThread *t, RtUnary op, RtObject *a)
{
    static const char *const names[] = {"-", "+", "~"};
    const RtSlots *slots = a->type->slots;
    RtObject *result = rt_not_implemented();
    if (is_small_int(a) && a->type == &rt__int_type) {
        int64_t value = rt__int_value(a);
        if (value > RT_INT_MIN)
            return rt_int_new(t, op == RT_UNARY_NEG ? -value : op == RT_UNARY_POS ? value : ~value);
    }
    if (a->type == &rt__float_type && op != RT_UNARY_INVERT)
        return rt_float_new(t, op == RT_UNARY_NEG ? -rt_float_value(a) : rt_float_value(a));
    if (slots != NULL && slots->unary != NULL) result = slots->unary(t, op, a);
    if (result != rt_not_implemented()) return result;
    rt__error_format(t, RT_ERROR_TYPE, "bad operand type for unary %s: '%s'", names[op],
                     a->type->name);
    return NULL;
}

// ------------------------------------------------------------------ conversions

static RtObject *converted(RtThread *t, RtObject *object, RtVmName name)
{
    RtObject *special = rt__special(object, name);
    return special != NULL ? rt__call_special(t, special, &object, 1) : NULL;
}

bool rt__is_int(const RtObject *object)
{
    return object->type == &rt__int_type || object->type == &rt__bool_type;
}

RtObject *rt__plain_int(RtThread *t, RtObject *number)
{
    if (number->type == &rt__int_type) return rt_new_ref(t, number);
    return rt_int_new(t, rt__int_value(number));
}

RtObject *rt__int_by_special(RtThread *t, RtObject *object, RtVmName name)
{
    RtObject *result = converted(t, object, name);
    if (result == NULL || rt__is_int(result)) return result;
    rt__error_format(t, RT_ERROR_TYPE, "%s returned non-int (type %s)",
                     rt_str_bytes_borrowed(rt__name(t, name), NULL), result->type->name);
    rt_decref(t, result);
    return NULL;
}

RtObject *rt__index(RtThread *t, RtObject *object)
{
    if (rt__is_int(object)) return rt__plain_int(t, object);
    RtObject *result = rt__int_by_special(t, object, RT_NAME_index);
    if (result == NULL && rt_error_kind(t) == RT_ERROR_NONE)
        rt__error_format(t, RT_ERROR_TYPE, "'%s' object cannot be interpreted as an integer",
                         object->type->name);
    return result;
}

bool rt__as_int(RtThread *t, RtObject *object, int64_t *value)
{
    if (is_small_int(object)) {
        *value = rt__int_value(object);
        return true;
    }
    if (object->type == &rt__int_type) {
        rt_error_set(t, RT_ERROR_OVERFLOW, "Python int too large to convert to C ssize_t");
        return false;
    }
    RtObject *index = rt__index(t, object);
    bool good = index != NULL && rt__as_int(t, index, value);
    rt_decref_null(t, index);
    return good;
}

bool rt__as_index(RtThread *t, RtObject *key, const char *words, int64_t *index)
{
    if (rt__as_int(t, key, index)) return true;
    if (rt_error_kind(t) == RT_ERROR_TYPE && rt__special(key, RT_NAME_index) == NULL)
        rt__error_format(t, RT_ERROR_TYPE, words, key->type->name);
    if (rt_error_kind(t) == RT_ERROR_OVERFLOW)
        rt__error_format(t, RT_ERROR_INDEX, "cannot fit '%s' into an index-sized integer",
                         key->type->name);
    return false;
}

static bool double_of_int(RtThread *t, RtObject *number, double *value)
{
    if (is_double(number, value) || is_small_int(number)) return true;
    if (rt__big_to_double(number, value)) return true;
    rt_error_set(t, RT_ERROR_OVERFLOW, "int too large to convert to float");
    return false;
}

// What __float__ returns has to be a float.
static bool double_of_special(RtThread *t, RtObject *object, double *value)
{
    RtObject *number = converted(t, object, RT_NAME_float_);
    if (number == NULL) return false;
    bool good = number->type == &rt__float_type;
    if (good)
        *value = rt_float_value(number);
    else
        rt__error_format(t, RT_ERROR_TYPE, "%s.__float__ returned non-float (type %s)",
                         object->type->name, number->type->name);
    rt_decref(t, number);
    return good;
}

bool rt__as_double(RtThread *t, RtObject *object, double *value)
{
    if (is_double(object, value)) return true;
    if (rt__is_int(object)) return double_of_int(t, object, value);
    if (rt__special(object, RT_NAME_float_) != NULL) return double_of_special(t, object, value);
    if (rt__special(object, RT_NAME_index) == NULL) {
        rt__error_format(t, RT_ERROR_TYPE, "must be real number, not %s", object->type->name);
        return false;
    }
    RtObject *index = rt__index(t, object);
    bool good = index != NULL && double_of_int(t, index, value);
    rt_decref_null(t, index);
    return good;
}
