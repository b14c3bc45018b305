// list.c: list's methods and operators.
#include "object/list.h"

#include "builtins/builtins.h"
#include "object/int.h"
#include "vm/class.h"
#include "vm/iterator.h"

static bool extend(RtThread *t, RtObject *list, RtObject *iterable)
{
    if (iterable->type == &rt__list_type) return rt_list_extend(t, list, iterable);
    RtObject *iterator = rt__iter(t, iterable);
    if (iterator == NULL) return false;
    RtObject *item;
    bool good = true;
    while (good && (item = rt__next(t, iterator)) != NULL) {
        good = rt_list_append(t, list, item);
        rt_decref(t, item);
    }
    rt_decref(t, iterator);
    return good && rt_error_kind(t) == RT_ERROR_NONE;
}

static RtObject *copy_of(RtThread *t, RtObject *iterable)
{
    RtObject *list = rt_list_new(t, 0);
    if (list == NULL || extend(t, list, iterable)) return list;
    rt_decref(t, list);
    return NULL;
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    if (!rt__accepts(t, type->name, count, 1, kwnames)) return NULL;
    return count == 0 ? rt_list_new(t, 0) : copy_of(t, args[0]);
}

// ------------------------------------------------------------------ methods

NATIVE(append)
{
    return rt_list_append(t, args[0], args[1]) ? rt_none() : NULL;
}

NATIVE(extend_method)
{
    return extend(t, args[0], args[1]) ? rt_none() : NULL;
}

NATIVE(insert)
{
    int64_t index;
    if (!rt__as_int(t, args[1], &index)) return NULL;
    int64_t size = (int64_t)rt_list_size(t, args[0]);
    if (index < 0) index += size;
    return rt__list_insert(t, args[0], index < 0 ? 0 : (size_t)index, args[2]) ? rt_none()
                                                                               : NULL;
}

NATIVE(pop)
{
    int64_t index;
    if (count == 1) return rt_list_pop(t, args[0]);
    if (!rt__as_int(t, args[1], &index)) return NULL;
    int64_t size = (int64_t)rt_list_size(t, args[0]);
    if (index < 0) index += size;
    RtObject *item = index >= 0 ? rt__list_take(t, args[0], (size_t)index) : NULL;
    if (item == NULL)
        rt_error_set(t, RT_ERROR_INDEX,
                     size == 0 ? "pop from empty list" : "pop index out of range");
    return item;
}

NATIVE(remove)
{
    int64_t index = rt__sequence_find(t, args[0], rt__list_item, args[1], 0, SIZE_MAX);
    RtObject *item = index >= 0 ? rt__list_take(t, args[0], (size_t)index) : NULL;
    if (item == NULL && index > -2)
        rt_error_set(t, RT_ERROR_VALUE, "list.remove(x): x not in list");
    rt_decref_null(t, item);
    return item != NULL ? rt_none() : NULL;
}

NATIVE(index_of)
{
    int64_t first, end;
    RtObject *from = count > 2 ? args[2] : NULL, *to = count > 3 ? args[3] : NULL;
    if (!rt__bounds(t, from, to, (int64_t)rt_list_size(t, args[0]), &first, &end)) return NULL;
    int64_t found =
        rt__sequence_find(t, args[0], rt__list_item, args[1], (size_t)first, (size_t)end);
    if (found >= 0) return rt_int_new(t, found);
    RtObject *repr = found == -1 ? rt_object_repr(t, args[1]) : NULL;
    if (repr == NULL) return NULL;
    rt__error_format(t, RT_ERROR_VALUE, "%s is not in list", rt_str_bytes_borrowed(repr, NULL));
    rt_decref(t, repr);
    return NULL;
}

NATIVE(count_method)
{
    return rt__sequence_count(t, args[0], rt__list_item, args[1]);
}

NATIVE(sort)
{
    static const char *const names[] = {"key", "reverse", NULL};
    RtObject *values[2];
    if (!rt__arguments(t, "sort", args + 1, 0, kwnames, names, values)) return NULL;
    int reverse = values[1] != NULL ? rt__truth(t, values[1]) : 0;
    return reverse >= 0 && rt__list_sort(t, args[0], values[0], reverse) ? rt_none() : NULL;
}

NATIVE(reverse)
{
    rt__list_reverse(t, args[0]);
    return rt_none();
}

NATIVE(copy)
{
    return copy_of(t, args[0]);
}

NATIVE(clear)
{
    rt_list_clear(t, args[0]);
    return rt_none();
}

static const RtBuiltin methods[] = {
    RT_METHOD("list.append", append, 1, 1),
    RT_METHOD("list.clear", clear, 0, 0),
    RT_METHOD("list.copy", copy, 0, 0),
    RT_METHOD("list.count", count_method, 1, 1),
    RT_METHOD("list.extend", extend_method, 1, 1),
    RT_METHOD("list.index", index_of, 1, 3),
    RT_METHOD("list.insert", insert, 2, 2),
    RT_METHOD("list.pop", pop, 0, 1),
    RT_METHOD("list.remove", remove, 1, 1),
    RT_METHOD("list.reverse", reverse, 0, 0),
    RT_METHOD_KW("list.sort", sort, 0, 0),
    RT_BUILTIN_END,
};

// ------------------------------------------------------------------ operators

// A size that no list can have is refused before it is tried to make one.
static bool may_repeat(RtThread *t, RtObject *list, int64_t times)
{
    size_t bytes;
    if (times <= 0 || !__builtin_mul_overflow(rt_list_size(t, list), (size_t)times, &bytes))
        return true;
    rt_error_set(t, RT_ERROR_MEMORY, "");
    return false;
}

static RtObject *repeated(RtThread *t, RtObject *list, int64_t times)
{
    if (!may_repeat(t, list, times)) return NULL;
    if (times < 0) times = 0;
    RtObject *result = rt_list_new(t, rt_list_size(t, list) * (size_t)times);
    if (result == NULL || rt__list_repeat(t, result, list, (size_t)times)) return result;
    rt_decref(t, result);
    return NULL;
}

static RtObject *concatenated(RtThread *t, RtObject *a, RtObject *b)
{
    RtObject *both = rt_list_new(t, rt_list_size(t, a) + rt_list_size(t, b));
    if (both == NULL) return NULL;
    if (rt_list_extend(t, both, a) && rt_list_extend(t, both, b)) return both;
    rt_decref(t, both);
    return NULL;
}

static RtObject *binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    RtObject *list;
    int64_t times;
    if (op == RT_BINARY_ADD && a->type == &rt__list_type)
        return b->type == a->type ? concatenated(t, a, b) : rt__cannot_concatenate(t, a, b);
    if (op != RT_BINARY_MUL) return rt_not_implemented();
    if (rt__repeat_operands(t, &rt__list_type, a, b, &list, &times))
        return repeated(t, list, times);
    return list != NULL ? NULL : rt_not_implemented();
}

static RtObject *multiply_in_place(RtThread *t, RtObject *list, RtObject *by)
{
    RtObject *sequence;
    int64_t times;
    if (!rt__repeat_operands(t, &rt__list_type, list, by, &sequence, &times))
        return sequence != NULL ? NULL : rt_not_implemented();
    if (times <= 0) rt_list_clear(t, list);
    bool good = times <= 1 || rt__list_repeat(t, list, list, (size_t)times - 1);
    return good ? rt_new_ref(t, list) : NULL;
}

static RtObject *binary_in_place(RtThread *t, RtBinary op, RtObject *list, RtObject *other)
{
    if (op == RT_BINARY_MUL) return multiply_in_place(t, list, other);
    if (op != RT_BINARY_ADD || rt__special(other, RT_NAME_radd) != NULL)
        return rt_not_implemented(); // CPython asks the other operand first
    return extend(t, list, other) ? rt_new_ref(t, list) : NULL;
}

static RtObject *compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    return rt__sequence_compare(t, op, a, b, rt__list_item);
}

static int contains(RtThread *t, RtObject *list, RtObject *item)
{
    int64_t found = rt__sequence_find(t, list, rt__list_item, item, 0, SIZE_MAX);
    return found == -2 ? -1 : found >= 0;
}

// ------------------------------------------------------------------ items and slices

static bool item_index(RtThread *t, RtObject *list, RtObject *key, size_t *index)
{
    int64_t value;
    if (!rt__as_index(t, key, "list indices must be integers or slices, not %s", &value))
        return false;
    if (value < 0) value += (int64_t)rt_list_size(t, list);
    *index = value < 0 ? SIZE_MAX : (size_t)value;
    return true;
}

static bool wrong_size(RtThread *t, size_t given, int64_t wanted)
{
    rt__error_format(t, RT_ERROR_VALUE,
                     "attempt to assign sequence of size %zu to extended slice of size %lld",
                     given, (long long)wanted);
    return false;
}

// `items` is a list that nobody else sees.
static bool set_slice(RtThread *t, RtObject *list, RtObject *slice, RtObject *items)
{
    int64_t first, count, step;
    if (!rt__slice_of(t, slice, (int64_t)rt_list_size(t, list), &first, &count, &step))
        return false;
    if (step == 1) return rt__list_splice(t, list, (size_t)first, (size_t)count, items);
    if ((int64_t)rt_list_size(t, items) != count)
        return wrong_size(t, rt_list_size(t, items), count);
    for (int64_t i = 0; i < count; i++) {
        RtObject *item = rt__list_item(t, items, (size_t)i);
        bool done = rt_list_set(t, list, (size_t)(first + i * step), item);
        rt_decref(t, item);
        if (!done) return false;
    }
    return true;
}

static bool is_iterable(RtThread *t, RtObject *value, const RtSlice *slice)
{
    if (value->type == &rt__list_type || value->type == &rt__tuple_type) return true;
    if (value->type->slots != NULL && value->type->slots->iter != NULL) return true;
    rt_error_set(t, RT_ERROR_TYPE,
                 slice->step == rt_none() ? "can only assign an iterable"
                                          : "must assign iterable to extended slice");
    return false;
}

static bool set_item(RtThread *t, RtObject *list, RtObject *key, RtObject *value)
{
    size_t index;
    if (key->type != &rt__slice_type)
        return item_index(t, list, key, &index) && rt_list_set(t, list, index, value);
    RtObject *items = is_iterable(t, value, (const RtSlice *)key) ? copy_of(t, value) : NULL;
    bool done = items != NULL && set_slice(t, list, key, items);
    rt_decref_null(t, items);
    return done;
}

// From the highest index down, so that those below stay what they are.
static bool delete_slice(RtThread *t, RtObject *list, RtObject *slice)
{
    int64_t first, count, step;
    if (!rt__slice_of(t, slice, (int64_t)rt_list_size(t, list), &first, &count, &step))
        return false;
    if (step == 1) {
        RtObject *nothing = rt_list_new(t, 0);
        bool done =
            nothing != NULL && rt__list_splice(t, list, (size_t)first, (size_t)count, nothing);
        rt_decref_null(t, nothing);
        return done;
    }
    for (int64_t i = 0; i < count; i++) {
        int64_t index = first + (step < 0 ? i : count - 1 - i) * step;
        rt_decref_null(t, rt__list_take(t, list, (size_t)index));
    }
    return true;
}

static bool delete_item(RtThread *t, RtObject *list, RtObject *key)
{
    size_t index;
    if (key->type == &rt__slice_type) return delete_slice(t, list, key);
    if (!item_index(t, list, key, &index)) return false;
    RtObject *item = rt__list_take(t, list, index);
    if (item == NULL) rt_error_set(t, RT_ERROR_INDEX, "list assignment index out of range");
    rt_decref_null(t, item);
    return item != NULL;
}

const RtSlots rt__list_slots = {
    .construct = construct,
    .set_item = set_item,
    .del_item = delete_item,
    .contains = contains,
    .iter = rt__iter,
    .binary = binary,
    .binary_in_place = binary_in_place,
    .compare = compare,
    .methods = methods,
};
