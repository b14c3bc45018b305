// numbers.c: builtin functions on numbers and characters, and those that reduce an iterable.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "builtins/builtins.h"
#include "builtins/text.h"
#include "object/float.h"
#include "object/int_big.h"
#include "object/int_text.h"
#include "object/tuple.h"
#include "object/utf8.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ numbers

NATIVE(abs_function)
{
    RtObject *number = args[0];
    if (number->type == &rt__float_type) return rt_float_new(t, fabs(rt_float_value(number)));
    if (rt__is_int(number))
        return ((const RtInt *)number)->tagged < 0 ? rt__big_negate(t, number)
                                                   : rt__index(t, number);
    RtObject *name = rt_str_intern(t, "__abs__", 7), *method;
    int found = name != NULL ? rt__find_attr(t, number, name, &method) : -1;
    if (found > 0) {
        RtObject *result = rt__call(t, method, NULL, 0, NULL);
        rt_decref(t, method);
        return result;
    }
    if (found == 0)
        rt__error_format(t, RT_ERROR_TYPE, "bad operand type for abs(): '%s'",
                         number->type->name);
    return NULL;
}

// What // found wrong, in divmod()'s words.
static void name_divmod(RtThread *t, const RtObject *a, const RtObject *b)
{
    bool has_float = a->type == &rt__float_type || b->type == &rt__float_type;
    if (a->type->is_class || b->type->is_class) return;
    if (rt_error_kind(t) == RT_ERROR_ZERO_DIVISION && has_float)
        rt_error_set(t, RT_ERROR_ZERO_DIVISION, "float divmod()");
    if (rt_error_kind(t) == RT_ERROR_TYPE)
        rt__error_format(t, RT_ERROR_TYPE,
                         "unsupported operand type(s) for divmod(): '%s' and '%s'",
                         a->type->name, b->type->name);
}

NATIVE(divmod)
{
    RtObject *quotient = rt__binary(t, RT_BINARY_FLOORDIV, args[0], args[1]);
    if (quotient == NULL) name_divmod(t, args[0], args[1]);
    RtObject *rest = quotient != NULL ? rt__binary(t, RT_BINARY_MOD, args[0], args[1]) : NULL;
    return rt__tuple_pair_steal(t, quotient, rest);
}

NATIVE(pow_function)
{
    if (count == 2 || args[2] == rt_none())
        return rt__binary(t, RT_BINARY_POW, args[0], args[1]);
    if (!rt__is_int(args[0]) || !rt__is_int(args[1]) || !rt__is_int(args[2])) {
        rt_error_set(t, RT_ERROR_TYPE,
                     "pow() 3rd argument not allowed unless all arguments are integers");
        return NULL;
    }
    if (((const RtInt *)args[2])->tagged == 0) {
        rt_error_set(t, RT_ERROR_VALUE, "pow() 3rd argument cannot be 0");
        return NULL;
    }
    if (((const RtInt *)args[1])->tagged < 0) {
        rt_error_set(t, RT_ERROR_VALUE,
                     "pow() with a modulus and a negative exponent is not supported");
        return NULL;
    }
    return rt__big_power_modulo(t, args[0], args[1], args[2]);
}

// To `digits` after the point, correctly: by way of the decimal digits.
static RtObject *round_to_digits(RtThread *t, double value, int64_t digits)
{
    char text[512];
    if (!isfinite(value) || digits > 323) return rt_float_new(t, value);
    if (digits < -308) return rt_float_new(t, copysign(0, value));
    if (digits >= 0 && fabs(value) < 1e22) {
        snprintf(text, sizeof text, "%.*f", (int)digits, value);
        return rt_float_new(t, strtod(text, NULL));
    }
    if (digits >= 0) return rt_float_new(t, value); // it has no fraction
    double scale = pow(10, (double)-digits);
    double rounded = rint(value / scale) * scale;
    return rt_float_new(t, rounded);
}

// An int to a multiple of 10^digits, ties to even.
static RtObject *round_int(RtThread *t, RtObject *number, int64_t digits)
{
    if (digits >= 0) return rt__index(t, number);
    RtObject *ten = rt_int_new(t, 10), *two = rt_int_new(t, 2);
    RtObject *unit = rt__big_power(t, ten, (uint64_t)-digits);
    RtObject *quotient = NULL, *rest = NULL, *twice = NULL, *result = NULL;
    bool good = unit != NULL && rt__big_divide(t, number, unit, &quotient, &rest) &&
                (twice = rt_int_mul(t, rest, two)) != NULL;
    if (good) {
        int order = rt__big_compare(twice, unit);
        RtMagnitude q;
        rt__int_magnitude(quotient, &q);
        bool up = order > 0 || (order == 0 && (q.limbs[0] & 1) != 0 && q.count > 0);
        RtObject *down = rt_int_sub(t, number, rest);
        if (down != NULL) result = up ? rt_int_add(t, down, unit) : rt_new_ref(t, down);
        rt_decref_null(t, down);
    }
    rt_decref_null(t, unit);
    rt_decref_null(t, quotient);
    rt_decref_null(t, rest);
    rt_decref_null(t, twice);
    return result;
}

NATIVE(round_function)
{
    static const char *const names[] = {"number", "ndigits", NULL};
    RtObject *values[2];
    int64_t digits = 0;
    if (!rt__arguments(t, "round", args, count, kwnames, names, values)) return NULL;
    if (values[0] == NULL) {
        rt_error_set(t, RT_ERROR_TYPE, "round() missing required argument 'number' (pos 1)");
        return NULL;
    }
    bool whole = values[1] == NULL || values[1] == rt_none();
    if (!whole && !rt__as_int(t, values[1], &digits)) return NULL;
    if (rt__is_int(values[0])) return round_int(t, values[0], whole ? 0 : digits);
    if (values[0]->type != &rt__float_type) {
        rt__error_format(t, RT_ERROR_TYPE, "type %s doesn't define __round__ method",
                         values[0]->type->name);
        return NULL;
    }
    double value = rt_float_value(values[0]);
    return whole ? rt__round_double(t, value) : round_to_digits(t, value, digits);
}

static RtObject *with_prefix(RtThread *t, RtObject *object, const char *prefix, unsigned base)
{
    RtObject *number = rt__index(t, object);
    if (number == NULL) return NULL;
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    if (((const RtInt *)number)->tagged < 0) rt__buffer_add_text(&buffer, "-");
    rt__buffer_add_text(&buffer, prefix);
    rt__int_add_digits(&buffer, number, base);
    rt_decref(t, number);
    return rt__buffer_finish(&buffer);
}

NATIVE(bin)
{
    return with_prefix(t, args[0], "0b", 2);
}

NATIVE(oct)
{
    return with_prefix(t, args[0], "0o", 8);
}

NATIVE(hex)
{
    return with_prefix(t, args[0], "0x", 16);
}

// ------------------------------------------------------------------ characters

NATIVE(chr)
{
    int64_t point;
    char bytes[4];
    if (!rt__as_int(t, args[0], &point)) return NULL;
    if (point < 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
        rt_error_set(t, RT_ERROR_VALUE, "chr() arg not in range(0x110000)");
        return NULL;
    }
    return rt_str_new(t, bytes, rt__utf8_put(bytes, (uint32_t)point));
}

NATIVE(ord)
{
    if (!rt_str_check(args[0])) {
        rt__error_format(t, RT_ERROR_TYPE, "ord() expected string of length 1, but %s found",
                         args[0]->type->name);
        return NULL;
    }
    size_t length = rt__str_length(args[0]);
    const char *at = rt_str_bytes_borrowed(args[0], NULL);
    if (length == 1) return rt_int_new(t, rt__utf8_next(&at));
    rt__error_format(t, RT_ERROR_TYPE,
                     "ord() expected a character, but string of length %zu found", length);
    return NULL;
}

NATIVE(ascii)
{
    return rt__format_value(t, args[0], NULL, 'a');
}

NATIVE(format)
{
    if (count > 1 && !rt_str_check(args[1])) {
        rt__error_format(t, RT_ERROR_TYPE, "format() argument 2 must be str, not %s",
                         args[1]->type->name);
        return NULL;
    }
    return rt__format_object(t, args[0], count > 1 ? args[1] : NULL);
}

// ------------------------------------------------------------------ sums

static RtObject *add_steal(RtThread *t, RtObject *total, RtObject *item)
{
    RtObject *sum = rt__binary(t, RT_BINARY_ADD, total, item);
    rt_decref(t, total);
    rt_decref(t, item);
    return sum;
}

static bool may_begin_with(RtThread *t, const RtObject *start)
{
    if (rt_str_check(start))
        rt_error_set(t, RT_ERROR_TYPE, "sum() can't sum strings [use ''.join(seq) instead]");
    else if (start->type->slots == &rt__bytes_slots)
        rt_error_set(t, RT_ERROR_TYPE, "sum() can't sum bytes [use b''.join(seq) instead]");
    else
        return true;
    return false;
}

NATIVE(sum)
{
    static const char *const names[] = {"", "start", NULL};
    RtObject *values[2];
    if (!rt__arguments(t, "sum", args, count, kwnames, names, values)) return NULL;
    if (values[1] != NULL && !may_begin_with(t, values[1])) return NULL;
    RtObject *iterator = rt__iter(t, args[0]);
    if (iterator == NULL) return NULL;
    RtObject *total = values[1] != NULL ? rt_new_ref(t, values[1]) : rt_int_new(t, 0);
    RtObject *item;
    while (total != NULL && (item = rt__next(t, iterator)) != NULL)
        total = add_steal(t, total, item);
    rt_decref(t, iterator);
    if (total == NULL || rt_error_kind(t) == RT_ERROR_NONE) return total;
    rt_decref(t, total);
    return NULL;
}

// ------------------------------------------------------------------ min and max

typedef struct Best {
    RtObject *item;
    RtObject *key; // what is compared
} Best;

static void drop(RtThread *t, Best *best)
{
    rt_decref_null(t, best->item);
    rt_decref_null(t, best->key);
    *best = (Best){NULL, NULL};
}

// Replaces the best so far if the item beats it. Takes the item over; false with an error.
static bool consider_steal(RtThread *t, Best *best, RtObject *item, RtObject *key_function,
                           RtCompare op)
{
    RtObject *key =
        key_function != NULL ? rt__call(t, key_function, &item, 1, NULL) : rt_new_ref(t, item);
    Best other = {item, key};
    int better = key == NULL ? -1 : 1;
    if (better > 0 && best->item != NULL) better = rt__compare_truth(t, op, key, best->key);
    if (better > 0) {
        Best old = *best;
        *best = other;
        other = old;
    }
    drop(t, &other);
    return better >= 0;
}

static bool best_of_iterable(RtThread *t, Best *best, RtObject *iterable, RtObject *key,
                             RtCompare op)
{
    RtObject *iterator = rt__iter(t, iterable);
    if (iterator == NULL) return false;
    RtObject *item;
    bool good = true;
    while (good && (item = rt__next(t, iterator)) != NULL)
        good = consider_steal(t, best, item, key, op);
    rt_decref(t, iterator);
    return good && rt_error_kind(t) == RT_ERROR_NONE;
}

static bool best_of_arguments(RtThread *t, Best *best, RtObject *const *args, size_t count,
                              RtObject *key, RtCompare op)
{
    for (size_t i = 0; i < count; i++) {
        if (!consider_steal(t, best, rt_new_ref(t, args[i]), key, op)) return false;
    }
    return true;
}

static RtObject *best(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames,
                      const char *name, RtCompare op)
{
    static const char *const names[] = {"key", "default", NULL};
    RtObject *values[2];
    Best found = {NULL, NULL};
    if (!rt__arguments(t, name, args + count, 0, kwnames, names, values)) return NULL;
    RtObject *key = values[0] != rt_none() ? values[0] : NULL;
    if (count > 1 && values[1] != NULL) {
        rt__error_format(t, RT_ERROR_TYPE,
                         "Cannot specify a default for %s() with multiple positional arguments",
                         name);
        return NULL;
    }
    bool good = count == 1 ? best_of_iterable(t, &found, args[0], key, op)
                           : best_of_arguments(t, &found, args, count, key, op);
    RtObject *item = good && found.item != NULL ? rt_new_ref(t, found.item) : NULL;
    if (good && item == NULL && values[1] != NULL) item = rt_new_ref(t, values[1]);
    if (good && item == NULL)
        rt__error_format(t, RT_ERROR_VALUE, "%s() arg is an empty sequence", name);
    drop(t, &found);
    return item;
}

NATIVE(min)
{
    return best(t, args, count, kwnames, "min", RT_COMPARE_LT);
}

NATIVE(max)
{
    return best(t, args, count, kwnames, "max", RT_COMPARE_GT);
}

// ------------------------------------------------------------------ all, any, sorted

// Whether an item's truth is `wanted`: 1, 0, -1.
static int has_truth(RtThread *t, RtObject *iterable, int wanted)
{
    RtObject *iterator = rt__iter(t, iterable);
    if (iterator == NULL) return -1;
    RtObject *item;
    int truth = !wanted;
    while (truth == !wanted && (item = rt__next(t, iterator)) != NULL) {
        truth = rt__truth(t, item);
        rt_decref(t, item);
    }
    rt_decref(t, iterator);
    if (truth < 0 || rt_error_kind(t) != RT_ERROR_NONE) return -1;
    return truth == wanted;
}

NATIVE(all)
{
    int found = has_truth(t, args[0], 0);
    return found < 0 ? NULL : rt_bool(!found);
}

NATIVE(any)
{
    int found = has_truth(t, args[0], 1);
    return found < 0 ? NULL : rt_bool(found);
}

NATIVE(sorted)
{
    static const char *const names[] = {"key", "reverse", NULL};
    RtObject *values[2];
    if (!rt__arguments(t, "sort", args + 1, 0, kwnames, names, values)) return NULL;
    int reverse = values[1] != NULL ? rt__truth(t, values[1]) : 0;
    RtObject *list = reverse >= 0 ? rt__list_of(t, args[0]) : NULL;
    if (list == NULL || rt__list_sort(t, list, values[0], reverse)) return list;
    rt_decref(t, list);
    return NULL;
}

const RtBuiltin rt__number_functions[] = {
    RT_FUNCTION("abs", abs_function, 1, 1),
    RT_FUNCTION("all", all, 1, 1),
    RT_FUNCTION("any", any, 1, 1),
    RT_FUNCTION("ascii", ascii, 1, 1),
    RT_FUNCTION("bin", bin, 1, 1),
    RT_FUNCTION("chr", chr, 1, 1),
    RT_FUNCTION("divmod", divmod, 2, 2),
    RT_FUNCTION("format", format, 1, 2),
    RT_FUNCTION("hex", hex, 1, 1),
    RT_FUNCTION_KW("max", max, 1, RT_ANY_COUNT),
    RT_FUNCTION_KW("min", min, 1, RT_ANY_COUNT),
    RT_FUNCTION("oct", oct, 1, 1),
    RT_FUNCTION("ord", ord, 1, 1),
    RT_FUNCTION("pow", pow_function, 2, 3),
    RT_FUNCTION_KW("round", round_function, 0, 2),
    RT_FUNCTION_KW("sorted", sorted, 1, 1),
    RT_FUNCTION_KW("sum", sum, 1, 2),
    RT_BUILTIN_END,
};
