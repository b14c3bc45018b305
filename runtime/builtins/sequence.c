// sequence.c: what lists and tuples have in common, and what repeating any sequence means.
#include "builtins/builtins.h"
#include "vm/class.h"

bool rt__repeat_operands(RtThread *t, const RtType *type, RtObject *a, RtObject *b,
                         RtObject **sequence, int64_t *times)
{
    bool left = a->type == type;
    RtObject *count = left ? b : a;
    *sequence = left ? a : b;
    bool is_index = rt__is_int(count) || rt__special(count, RT_NAME_index) != NULL;
    RtVmName other = left ? RT_NAME_rmul : RT_NAME_mul;
    if (!is_index && rt__special(count, other) != NULL) {
        *sequence = NULL;
        return false;
    }
    if (is_index) return rt__as_int(t, count, times);
    rt__error_format(t, RT_ERROR_TYPE, "can't multiply sequence by non-int of type '%s'",
                     count->type->name);
    return false;
}

RtObject *rt__cannot_concatenate(RtThread *t, RtObject *a, RtObject *b)
{
    if (rt__special(b, RT_NAME_radd) != NULL) return rt_not_implemented();
    rt__error_format(t, RT_ERROR_TYPE, "can only concatenate %s (not \"%s\") to %s",
                     a->type->name, b->type->name, a->type->name);
    return NULL;
}

static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    return a == b ? 1 : rt__compare_truth(t, RT_COMPARE_EQ, a, b);
}

// What the first items that differ say, or NULL without an error: all that both have are equal.
static RtObject *compare_items(RtThread *t, RtCompare op, RtObject *a, RtObject *b, RtItem item,
                               size_t *common)
{
    for (size_t i = 0;; i++) {
        RtObject *x = item(t, a, i), *y = item(t, b, i);
        RtObject *result = NULL;
        int same = 1;
        bool both = x != NULL && y != NULL;
        if (both) same = equal(t, x, y);
        if (same == 0) result = rt__compare(t, op, x, y);
        rt_decref_null(t, x);
        rt_decref_null(t, y);
        *common = i;
        if (!both || same != 1) return result;
    }
}

RtObject *rt__sequence_compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b, RtItem item)
{
    size_t common;
    if (a->type != b->type || op == RT_COMPARE_EQ || op == RT_COMPARE_NE)
        return rt_not_implemented();
    RtObject *result = compare_items(t, op, a, b, item, &common);
    if (result != NULL || rt_error_kind(t) != RT_ERROR_NONE) return result;
    int64_t x = rt__length(t, a), y = rt__length(t, b);
    return rt_bool(rt__order_is((x > y) - (x < y), op));
}

int64_t rt__sequence_find(RtThread *t, RtObject *sequence, RtItem item, RtObject *wanted,
                          size_t first, size_t end)
{
    RtObject *candidate;
    for (size_t i = first; i < end && (candidate = item(t, sequence, i)) != NULL; i++) {
        int same = equal(t, candidate, wanted);
        rt_decref(t, candidate);
        if (same != 0) return same < 0 ? -2 : (int64_t)i;
    }
    return -1;
}

RtObject *rt__sequence_count(RtThread *t, RtObject *sequence, RtItem item, RtObject *wanted)
{
    int64_t count = 0, found;
    for (size_t i = 0;
         (found = rt__sequence_find(t, sequence, item, wanted, i, SIZE_MAX)) >= 0;) {
        count++;
        i = (size_t)found + 1;
    }
    return found == -2 ? NULL : rt_int_new(t, count);
}
