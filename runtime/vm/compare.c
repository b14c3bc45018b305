// compare.c: comparisons, truth, membership.
#include "object/float.h"
#include "object/int.h"
#include "object/value.h"
#include "vm/operations.h"

static const char *const symbols[] = {"<", "<=", "==", "!=", ">", ">="};
static const RtCompare mirrored[] = {RT_COMPARE_GT, RT_COMPARE_GE, RT_COMPARE_EQ,
                                     RT_COMPARE_NE, RT_COMPARE_LT, RT_COMPARE_LE};

static bool doubles(RtCompare op, double x, double y)
{
    switch (op) {
    case RT_COMPARE_LT: return x < y;
    case RT_COMPARE_LE: return x <= y;
    case RT_COMPARE_EQ: return x == y;
    case RT_COMPARE_NE: return x != y;
    case RT_COMPARE_GT: return x > y;
    default: return x >= y;
    }
}

// Bytes of UTF-8 compare as the characters do.
static int str_order(const RtObject *a, const RtObject *b)
{
    size_t x, y;
    const char *left = rt_str_bytes_borrowed(a, &x);
    const char *right = rt_str_bytes_borrowed(b, &y);
    int order = __builtin_memcmp(left, right, x < y ? x : y);
    return order != 0 ? order : (x > y) - (x < y);
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
        *value = rt_float_value(object);
        return true;
    }
    if (!is_small_int(object)) return false;
    int64_t integer = rt__int_value(object);
    *value = (double)integer;
    return integer < (int64_t)1 << 53 && integer > -((int64_t)1 << 53);
}

// 1, 0; -1: other types.
static int known_types(RtCompare op, RtObject *a, RtObject *b)
{
    if (is_small_int(a) && is_small_int(b)) {
        int64_t left = ((const RtInt *)a)->tagged, right = ((const RtInt *)b)->tagged;
        return rt__order_is((left > right) - (left < right), op);
    }
    double x, y;
    if (is_double(a, &x) && is_double(b, &y)) return doubles(op, x, y);
    if (a->type == &rt__str_type && b->type == a->type) return rt__order_is(str_order(a, b), op);
    return -1;
}

typedef RtObject *(*CompareSlot)(RtThread *t, RtCompare op, RtObject *a, RtObject *b);

static CompareSlot slot_of(const RtObject *object)
{
    return object->type->slots != NULL ? object->type->slots->compare : NULL;
}

static RtObject *ask_types(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    CompareSlot first = slot_of(a);
    CompareSlot second = slot_of(b);
    RtObject *result = rt_not_implemented();
    if (first != NULL) result = first(t, op, a, b);
    if (result != rt_not_implemented() || second == NULL || second == first) return result;
    return second(t, mirrored[op], b, a);
}

static RtObject *by_equality(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    if (op != RT_COMPARE_EQ && op != RT_COMPARE_NE) {
        rt__error_format(t, RT_ERROR_TYPE,
                         "'%s' not supported between instances of '%s' and '%s'", symbols[op],
                         a->type->name, b->type->name);
        return NULL;
    }
    if (a->type->is_class || b->type->is_class) return rt_bool((a == b) == (op == RT_COMPARE_EQ));
    int same = rt_object_equal(t, a, b);
    return same < 0 ? NULL : rt_bool(same == (op == RT_COMPARE_EQ));
}

RtObject *rt__compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    int known = known_types(op, a, b);
    if (known >= 0) return rt_bool(known);
    RtObject *result = ask_types(t, op, a, b);
    return result != rt_not_implemented() ? result : by_equality(t, op, a, b);
}

int rt__compare_truth(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    int known = known_types(op, a, b);
    if (known >= 0) return known;
    RtObject *result = rt__compare(t, op, a, b);
    if (result == NULL) return -1;
    int truth = rt__truth(t, result);
    rt_decref(t, result);
    return truth;
}

int rt__truth(RtThread *t, RtObject *object)
{
    const RtType *type = object->type;
    if (type == &rt__bool_type || type == &rt__int_type) return ((RtInt *)object)->tagged != 0;
    if (type == &rt__none_type) return 0;
    if (type == &rt__float_type) return rt_float_value(object) != 0;
    if (type == &rt__str_type) return ((RtStr *)object)->size != 0;
    if (type == &rt__list_type) return rt_list_size(t, object) != 0;
    if (type == &rt__dict_type) return rt_dict_size(t, object) != 0;
    if (type == &rt__tuple_type) return rt_tuple_size(object) != 0;
    const RtSlots *slots = type->slots;
    if (slots != NULL && slots->truth != NULL) return slots->truth(t, object);
    if (slots == NULL || slots->length == NULL) return 1;
    int64_t size = slots->length(t, object);
    return size < 0 ? -1 : size > 0;
}

// ------------------------------------------------------------------ membership

int rt__contains_by_iterating(RtThread *t, RtObject *iterable, RtObject *item)
{
    RtObject *iterator = rt__iter(t, iterable);
    if (iterator == NULL) return -1;
    int found = 0;
    RtObject *candidate;
    while (found == 0 && (candidate = rt__next(t, iterator)) != NULL) {
        found = candidate == item ? 1 : rt__compare_truth(t, RT_COMPARE_EQ, candidate, item);
        rt_decref(t, candidate);
    }
    rt_decref(t, iterator);
    return found == 0 && rt_error_kind(t) != RT_ERROR_NONE ? -1 : found;
}

int rt__contains(RtThread *t, RtObject *object, RtObject *item)
{
    if (object->type == &rt__dict_type) return rt_dict_contains(t, object, item);
    const RtSlots *slots = object->type->slots;
    if (slots != NULL && slots->contains != NULL) return slots->contains(t, object, item);
    if (slots != NULL && slots->iter != NULL)
        return rt__contains_by_iterating(t, object, item);
    rt__error_format(t, RT_ERROR_TYPE, "argument of type '%s' is not iterable",
                     object->type->name);
    return -1;
}

// ------------------------------------------------------------------ types

bool rt__is_subtype(const RtType *type, const RtType *of)
{
    if (of == &rt__object_type) return true;
    while (type != NULL && type != of)
        type = type->parent;
    return type != NULL;
}

bool rt__is_instance(const RtObject *object, const RtType *type)
{
    return rt__is_subtype(object->type, type);
}
