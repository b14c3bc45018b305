// tuple.c: tuple's methods and operators.
#include "object/tuple.h"

#include "builtins/builtins.h"

static RtObject *item_of(RtThread *t, RtObject *tuple, size_t index)
{
    return index < rt_tuple_size(tuple) ? rt_new_ref(t, rt__tuple_item(tuple, index)) : NULL;
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    if (!rt__accepts(t, type->name, count, 1, kwnames)) return NULL;
    return count == 0 ? rt_tuple_new(t, 0) : rt__tuple_of(t, args[0]);
}

// ------------------------------------------------------------------ methods

NATIVE(count_method)
{
    return rt__sequence_count(t, args[0], item_of, args[1]);
}

NATIVE(index_of)
{
    int64_t first, end;
    RtObject *from = count > 2 ? args[2] : NULL, *to = count > 3 ? args[3] : NULL;
    if (!rt__bounds(t, from, to, (int64_t)rt_tuple_size(args[0]), &first, &end)) return NULL;
    int64_t found = rt__sequence_find(t, args[0], item_of, args[1], (size_t)first, (size_t)end);
    if (found == -1) rt_error_set(t, RT_ERROR_VALUE, "tuple.index(x): x not in tuple");
    return found >= 0 ? rt_int_new(t, found) : NULL;
}

static const RtBuiltin methods[] = {
    RT_METHOD("tuple.count", count_method, 1, 1),
    RT_METHOD("tuple.index", index_of, 1, 3),
    RT_BUILTIN_END,
};

// ------------------------------------------------------------------ operators

static void copy_items(RtThread *t, RtObject *to, size_t first, RtObject *from)
{
    for (size_t i = 0; i < rt_tuple_size(from); i++)
        rt_tuple_set_steal(to, first + i, rt_new_ref(t, rt__tuple_item(from, i)));
}

static RtObject *concatenated(RtThread *t, RtObject *a, RtObject *b)
{
    size_t x = rt_tuple_size(a), y = rt_tuple_size(b);
    if (x == 0) return rt_new_ref(t, b);
    if (y == 0) return rt_new_ref(t, a);
    RtObject *both = rt_tuple_new(t, x + y);
    if (both == NULL) return NULL;
    copy_items(t, both, 0, a);
    copy_items(t, both, x, b);
    return both;
}

static RtObject *repeated(RtThread *t, RtObject *tuple, int64_t times)
{
    size_t size = rt_tuple_size(tuple), all;
    if (times < 0) times = 0;
    if (times == 1) return rt_new_ref(t, tuple);
    if (__builtin_mul_overflow(size, (size_t)times, &all)) {
        rt_error_set(t, RT_ERROR_MEMORY, "");
        return NULL;
    }
    RtObject *result = rt_tuple_new(t, all);
    for (size_t i = 0; result != NULL && i < all; i += size)
        copy_items(t, result, i, tuple);
    return result;
}

static RtObject *binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    RtObject *tuple;
    int64_t times;
    if (op == RT_BINARY_ADD && a->type == &rt__tuple_type)
        return b->type == a->type ? concatenated(t, a, b) : rt__cannot_concatenate(t, a, b);
    if (op != RT_BINARY_MUL) return rt_not_implemented();
    if (rt__repeat_operands(t, &rt__tuple_type, a, b, &tuple, &times))
        return repeated(t, tuple, times);
    return tuple != NULL ? NULL : rt_not_implemented();
}

static RtObject *compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    return rt__sequence_compare(t, op, a, b, item_of);
}

static int contains(RtThread *t, RtObject *tuple, RtObject *item)
{
    int64_t found = rt__sequence_find(t, tuple, item_of, item, 0, SIZE_MAX);
    return found == -2 ? -1 : found >= 0;
}

const RtSlots rt__tuple_slots = {
    .construct = construct,
    .contains = contains,
    .iter = rt__iter,
    .binary = binary,
    .compare = compare,
    .methods = methods,
};
