// math.c: the module math.
#include <math.h>

#include "modules/modules.h"
#include "object/int_big.h"

// ------------------------------------------------------------------ errors

// As CPython: a result that is no number although the argument was one is a domain error, one
// that is infinite although it was finite a range error.
static RtObject *checked(RtThread *t, double result, bool was_nan, bool was_finite)
{
    if (rt_likely(isfinite(result))) return rt_float_new(t, result);
    if (isnan(result) && !was_nan)
        rt_error_set(t, RT_ERROR_VALUE, "math domain error");
    else if (isinf(result) && was_finite)
        rt_error_set(t, RT_ERROR_OVERFLOW, "math range error");
    else
        return rt_float_new(t, result);
    return NULL;
}

static RtObject *domain_error(RtThread *t)
{
    rt_error_set(t, RT_ERROR_VALUE, "math domain error");
    return NULL;
}

// ------------------------------------------------------------------ functions of one and two

#define UNARY(name, function)                                                                  \
    NATIVE(name)                                                                               \
    {                                                                                          \
        double x;                                                                              \
        if (!rt__as_double(t, args[0], &x)) return NULL;                                       \
        return checked(t, function(x), isnan(x), isfinite(x));                                 \
    }

#define BINARY(name, function)                                                                 \
    NATIVE(name)                                                                               \
    {                                                                                          \
        double x, y;                                                                           \
        if (!rt__as_double(t, args[0], &x) || !rt__as_double(t, args[1], &y)) return NULL;     \
        return checked(t, function(x, y), isnan(x) || isnan(y), isfinite(x) && isfinite(y));   \
    }

UNARY(math_sqrt, sqrt)
UNARY(math_cbrt, cbrt)
UNARY(math_exp, exp)
UNARY(math_expm1, expm1)
UNARY(math_sin, sin)
UNARY(math_cos, cos)
UNARY(math_tan, tan)
UNARY(math_asin, asin)
UNARY(math_acos, acos)
UNARY(math_atan, atan)
UNARY(math_sinh, sinh)
UNARY(math_cosh, cosh)
UNARY(math_tanh, tanh)
UNARY(math_fabs, fabs)
BINARY(math_atan2, atan2)
BINARY(math_fmod, fmod)
BINARY(math_copysign, copysign)
BINARY(math_hypot, hypot)

// Never an error: what is too large is infinite.
#define SCALE(name, factor)                                                                    \
    NATIVE(name)                                                                               \
    {                                                                                          \
        double x;                                                                              \
        return rt__as_double(t, args[0], &x) ? rt_float_new(t, x * (factor)) : NULL;           \
    }
SCALE(math_radians, M_PI / 180.0)
SCALE(math_degrees, 180.0 / M_PI)

// Zero to a negative power is outside of the domain.
NATIVE(math_pow)
{
    double x, y;
    if (!rt__as_double(t, args[0], &x) || !rt__as_double(t, args[1], &y)) return NULL;
    if (x == 0 && y < 0 && isfinite(y)) return domain_error(t);
    return checked(t, pow(x, y), isnan(x) || isnan(y), isfinite(x) && isfinite(y));
}

// ------------------------------------------------------------------ logarithms

static bool log_of(RtThread *t, RtObject *object, double (*function)(double), double *result)
{
    double x;
    if (!rt__as_double(t, object, &x)) return false;
    if (x > 0 || isnan(x)) {
        *result = function(x);
        return true;
    }
    domain_error(t);
    return false;
}

NATIVE(math_log)
{
    double x, base = 1;
    if (!log_of(t, args[0], log, &x)) return NULL;
    if (count == 1) return rt_float_new(t, x);
    if (!log_of(t, args[1], log, &base)) return NULL;
    if (base != 0) return rt_float_new(t, x / base);
    rt_error_set(t, RT_ERROR_ZERO_DIVISION, "float division by zero");
    return NULL;
}

NATIVE(math_log2)
{
    double x;
    return log_of(t, args[0], log2, &x) ? rt_float_new(t, x) : NULL;
}

NATIVE(math_log10)
{
    double x;
    return log_of(t, args[0], log10, &x) ? rt_float_new(t, x) : NULL;
}

NATIVE(math_log1p)
{
    double x;
    if (!rt__as_double(t, args[0], &x)) return NULL;
    return x <= -1 ? domain_error(t) : rt_float_new(t, log1p(x));
}

// ------------------------------------------------------------------ to ints

static RtObject *int_of(RtThread *t, double value)
{
    if (isnan(value))
        rt_error_set(t, RT_ERROR_VALUE, "cannot convert float NaN to integer");
    else if (isinf(value))
        rt_error_set(t, RT_ERROR_OVERFLOW, "cannot convert float infinity to integer");
    else
        return rt__int_from_double(t, value);
    return NULL;
}

static RtObject *rounded(RtThread *t, RtObject *object, double (*function)(double))
{
    double x;
    if (object->type == &rt__int_type) return rt_new_ref(t, object);
    return rt__as_double(t, object, &x) ? int_of(t, function(x)) : NULL;
}

NATIVE(math_floor)
{
    return rounded(t, args[0], floor);
}
NATIVE(math_ceil)
{
    return rounded(t, args[0], ceil);
}
NATIVE(math_trunc)
{
    return rounded(t, args[0], trunc);
}

// ------------------------------------------------------------------ of ints

// |a|, as an int. NULL with a TypeError.
static RtObject *magnitude(RtThread *t, RtObject *object)
{
    RtObject *value = rt__index(t, object);
    RtObject *zero = rt_int_new(t, 0);
    int negative = value != NULL ? rt__compare_truth(t, RT_COMPARE_LT, value, zero) : -1;
    RtObject *result = NULL;
    if (negative == 0) result = rt_new_ref(t, value);
    if (negative > 0) result = rt__unary(t, RT_UNARY_NEG, value);
    rt_decref_null(t, value);
    return result;
}

// Euclid's algorithm on ints of any size; takes both references.
static RtObject *gcd_steal(RtThread *t, RtObject *a, RtObject *b)
{
    while (a != NULL && b != NULL && rt__truth(t, b) > 0) {
        RtObject *rest = rt__binary(t, RT_BINARY_MOD, a, b);
        rt_decref(t, a);
        a = b;
        b = rest;
    }
    if (b == NULL) {
        rt_decref_null(t, a);
        return NULL;
    }
    rt_decref(t, b);
    return a;
}

NATIVE(math_gcd)
{
    RtObject *result = rt_int_new(t, 0);
    for (size_t i = 0; result != NULL && i < count; i++) {
        RtObject *next = magnitude(t, args[i]);
        if (next == NULL) {
            rt_decref(t, result);
            return NULL;
        }
        result = gcd_steal(t, next, result);
    }
    return result;
}

static RtObject *binary_steal(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    RtObject *result = a != NULL && b != NULL ? rt__binary(t, op, a, b) : NULL;
    rt_decref_null(t, a);
    rt_decref_null(t, b);
    return result;
}

NATIVE(math_factorial)
{
    int64_t n;
    RtObject *index = rt__index(t, args[0]);
    bool good = index != NULL && rt__as_int(t, index, &n);
    rt_decref_null(t, index);
    if (!good) return NULL;
    if (n < 0) {
        rt_error_set(t, RT_ERROR_VALUE, "factorial() not defined for negative values");
        return NULL;
    }
    RtObject *result = rt_int_new(t, 1);
    for (int64_t i = 2; result != NULL && i <= n; i++) {
        result = binary_steal(t, RT_BINARY_MUL, result, rt_int_new(t, i));
        rt_poll(t);
    }
    return result;
}

// Newton's method downwards from a power of two that is not too small: the first step that does
// not get lower has found it.
static RtObject *root_of(RtThread *t, RtObject *n)
{
    RtObject *args[] = {n};
    RtObject *name = rt_str_intern(t, "bit_length", 10);
    RtObject *bits = name != NULL ? rt__call_method(t, name, args, 1) : NULL;
    int64_t length = 0;
    if (bits == NULL || !rt__as_int(t, bits, &length)) return NULL;
    rt_decref(t, bits);
    RtObject *x =
        binary_steal(t, RT_BINARY_LSHIFT, rt_int_new(t, 1), rt_int_new(t, (length + 1) / 2));
    while (x != NULL) {
        RtObject *quotient = rt__binary(t, RT_BINARY_FLOORDIV, n, x);
        RtObject *sum = binary_steal(t, RT_BINARY_ADD, quotient, rt_new_ref(t, x));
        RtObject *next = binary_steal(t, RT_BINARY_RSHIFT, sum, rt_int_new(t, 1));
        int lower = next != NULL ? rt__compare_truth(t, RT_COMPARE_LT, next, x) : -1;
        if (lower == 0) {
            rt_decref(t, next);
            return x;
        }
        rt_decref(t, x);
        x = next;
    }
    return NULL;
}

NATIVE(math_isqrt)
{
    RtObject *n = rt__index(t, args[0]);
    RtObject *zero = rt_int_new(t, 0);
    int negative = n != NULL ? rt__compare_truth(t, RT_COMPARE_LT, n, zero) : -1;
    RtObject *root = NULL;
    if (negative > 0)
        rt_error_set(t, RT_ERROR_VALUE, "isqrt() argument must be nonnegative");
    else if (negative == 0)
        root = rt__truth(t, n) > 0 ? root_of(t, n) : rt_new_ref(t, n);
    rt_decref_null(t, n);
    return root;
}

// ------------------------------------------------------------------ sums and tests

NATIVE(math_prod)
{
    static const char *const names[] = {"", "start", NULL};
    RtObject *values[2];
    if (!rt__arguments(t, "prod", args, count, kwnames, names, values)) return NULL;
    RtObject *iterator = rt__iter(t, values[0]);
    if (iterator == NULL) return NULL;
    RtObject *result = values[1] != NULL ? rt_new_ref(t, values[1]) : rt_int_new(t, 1);
    RtObject *item;
    while (result != NULL && (item = rt__next(t, iterator)) != NULL)
        result = binary_steal(t, RT_BINARY_MUL, result, item);
    rt_decref(t, iterator);
    if (rt_error_kind(t) == RT_ERROR_NONE) return result;
    rt_decref_null(t, result);
    return NULL;
}

#define TEST(name, function)                                                                   \
    NATIVE(name)                                                                               \
    {                                                                                          \
        double x;                                                                              \
        return rt__as_double(t, args[0], &x) ? rt_bool(function(x)) : NULL;                    \
    }
TEST(math_isnan, isnan)
TEST(math_isinf, isinf)
TEST(math_isfinite, isfinite)

static bool double_or(RtThread *t, RtObject *given, double otherwise, double *value)
{
    *value = otherwise;
    return given == NULL || rt__as_double(t, given, value);
}

NATIVE(math_isclose)
{
    static const char *const names[] = {"a", "b", "rel_tol", "abs_tol", NULL};
    RtObject *v[4];
    double a, b, relative, absolute;
    if (!rt__arguments(t, "isclose", args, count, kwnames, names, v)) return NULL;
    if (!double_or(t, v[0], 0, &a) || !double_or(t, v[1], 0, &b) ||
        !double_or(t, v[2], 1e-09, &relative) || !double_or(t, v[3], 0, &absolute))
        return NULL;
    if (relative < 0 || absolute < 0) {
        rt_error_set(t, RT_ERROR_VALUE, "tolerances must be non-negative");
        return NULL;
    }
    if (a == b) return rt_bool(true);
    if (isinf(a) || isinf(b)) return rt_bool(false);
    double gap = fabs(b - a);
    return rt_bool(gap <= fabs(relative * b) || gap <= fabs(relative * a) || gap <= absolute);
}

// ------------------------------------------------------------------ the module

static const RtBuiltin functions[] = {
    RT_FUNCTION("math.sqrt", math_sqrt, 1, 1),
    RT_FUNCTION("math.cbrt", math_cbrt, 1, 1),
    RT_FUNCTION("math.exp", math_exp, 1, 1),
    RT_FUNCTION("math.expm1", math_expm1, 1, 1),
    RT_FUNCTION("math.sin", math_sin, 1, 1),
    RT_FUNCTION("math.cos", math_cos, 1, 1),
    RT_FUNCTION("math.tan", math_tan, 1, 1),
    RT_FUNCTION("math.asin", math_asin, 1, 1),
    RT_FUNCTION("math.acos", math_acos, 1, 1),
    RT_FUNCTION("math.atan", math_atan, 1, 1),
    RT_FUNCTION("math.atan2", math_atan2, 2, 2),
    RT_FUNCTION("math.sinh", math_sinh, 1, 1),
    RT_FUNCTION("math.cosh", math_cosh, 1, 1),
    RT_FUNCTION("math.tanh", math_tanh, 1, 1),
    RT_FUNCTION("math.radians", math_radians, 1, 1),
    RT_FUNCTION("math.degrees", math_degrees, 1, 1),
    RT_FUNCTION("math.fabs", math_fabs, 1, 1),
    RT_FUNCTION("math.fmod", math_fmod, 2, 2),
    RT_FUNCTION("math.copysign", math_copysign, 2, 2),
    RT_FUNCTION("math.hypot", math_hypot, 2, 2),
    RT_FUNCTION("math.pow", math_pow, 2, 2),
    RT_FUNCTION("math.log", math_log, 1, 2),
    RT_FUNCTION("math.log2", math_log2, 1, 1),
    RT_FUNCTION("math.log10", math_log10, 1, 1),
    RT_FUNCTION("math.log1p", math_log1p, 1, 1),
    RT_FUNCTION("math.floor", math_floor, 1, 1),
    RT_FUNCTION("math.ceil", math_ceil, 1, 1),
    RT_FUNCTION("math.trunc", math_trunc, 1, 1),
    RT_FUNCTION("math.gcd", math_gcd, 0, RT_ANY_COUNT),
    RT_FUNCTION("math.factorial", math_factorial, 1, 1),
    RT_FUNCTION("math.isqrt", math_isqrt, 1, 1),
    RT_FUNCTION_KW("math.prod", math_prod, 1, 1),
    RT_FUNCTION("math.isnan", math_isnan, 1, 1),
    RT_FUNCTION("math.isinf", math_isinf, 1, 1),
    RT_FUNCTION("math.isfinite", math_isfinite, 1, 1),
    RT_FUNCTION_KW("math.isclose", math_isclose, 2, 2),
    RT_BUILTIN_END,
};

bool rt__math_fill(RtThread *t, RtObject *module)
{
    return rt__module_add_builtins(t, module, functions) &&
           rt__module_set_steal(t, module, "pi", rt_float_new(t, M_PI)) &&
           rt__module_set_steal(t, module, "e", rt_float_new(t, M_E)) &&
           rt__module_set_steal(t, module, "tau", rt_float_new(t, 2 * M_PI)) &&
           rt__module_set_steal(t, module, "inf", rt_float_new(t, HUGE_VAL)) &&
           rt__module_set_steal(t, module, "nan", rt_float_new(t, (double)NAN));
}
