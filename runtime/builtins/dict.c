// dict.c: dict's methods and operators.
#include "object/dict.h"

#include "builtins/builtins.h"
#include "object/tuple.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ filling

static bool copy_entries(RtThread *t, RtObject *to, RtObject *from)
{
    RtObject *key, *value;
    bool good = true;
    for (size_t position = 0; good && rt_dict_next(t, from, &position, &key, &value);) {
        good = rt_dict_set(t, to, key, value);
        rt_decref(t, key);
        rt_decref(t, value);
    }
    return good;
}

static bool set_pair(RtThread *t, RtObject *dict, RtObject *element, size_t index)
{
    const RtSlots *slots = element->type->slots;
    if (element->type != &rt__tuple_type && (slots == NULL || slots->iter == NULL)) {
        rt__error_format(t, RT_ERROR_TYPE,
                         "cannot convert dictionary update sequence element #%zu to a sequence",
                         index);
        return false;
    }
    RtObject *pair = rt__tuple_of(t, element);
    if (pair == NULL) return false;
    bool done = false;
    if (rt_tuple_size(pair) == 2)
        done = rt__set_item(t, dict, rt__tuple_item(pair, 0), rt__tuple_item(pair, 1));
    else
        rt__error_format(
            t, RT_ERROR_VALUE,
            "dictionary update sequence element #%zu has length %zu; 2 is required", index,
            rt_tuple_size(pair));
    rt_decref(t, pair);
    return done;
}

static bool set_pairs(RtThread *t, RtObject *dict, RtObject *iterable)
{
    RtObject *iterator = rt__iter(t, iterable);
    if (iterator == NULL) return false;
    RtObject *element;
    bool good = true;
    for (size_t i = 0; good && (element = rt__next(t, iterator)) != NULL; i++) {
        good = set_pair(t, dict, element, i);
        rt_decref(t, element);
    }
    rt_decref(t, iterator);
    return good && rt_error_kind(t) == RT_ERROR_NONE;
}

bool rt__dict_update(RtThread *t, RtObject *dict, RtObject *other)
{
    if (rt__is_instance(other, &rt__dict_type)) return copy_entries(t, dict, other);
    return set_pairs(t, dict, other);
}

static bool set_keywords(RtThread *t, RtObject *dict, RtObject *const *values,
                         RtObject *kwnames)
{
    for (size_t i = 0; kwnames != NULL && i < rt_tuple_size(kwnames); i++) {
        if (!rt_dict_set(t, dict, rt__tuple_item(kwnames, i), values[i])) return false;
    }
    return true;
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    if (!rt__accepts(t, type->name, count, 1, NULL)) return NULL;
    RtObject *dict = rt_dict_new(t);
    if (dict == NULL) return NULL;
    if ((count == 0 || rt__dict_update(t, dict, args[0])) &&
        set_keywords(t, dict, args + count, kwnames))
        return dict;
    rt_decref(t, dict);
    return NULL;
}

static RtObject *copy_of(RtThread *t, RtObject *dict)
{
    RtObject *copy = rt_dict_new(t);
    if (copy == NULL || copy_entries(t, copy, dict)) return copy;
    rt_decref(t, copy);
    return NULL;
}

// ------------------------------------------------------------------ methods

// The value at a key, or NULL without an error if there is none.
static RtObject *look_up(RtThread *t, RtObject *dict, RtObject *key)
{
    RtObject *value = rt_dict_get(t, dict, key);
    if (value != NULL) return value;
    if (rt_error_kind(t) == RT_ERROR_KEY) rt_error_clear(t);
    return NULL;
}

static RtObject *or_default(RtThread *t, RtObject *value, RtObject *const *args, size_t count)
{
    if (value != NULL || rt_error_kind(t) != RT_ERROR_NONE) return value;
    return count > 2 ? rt_new_ref(t, args[2]) : rt_none();
}

NATIVE(get)
{
    return or_default(t, look_up(t, args[0], args[1]), args, count);
}

NATIVE(setdefault)
{
    return rt_dict_setdefault(t, args[0], args[1], count > 2 ? args[2] : rt_none());
}

NATIVE(pop)
{
    RtObject *value = rt__dict_take(t, args[0], args[1]);
    if (value != NULL) return value;
    if (rt_error_kind(t) != RT_ERROR_NONE) return NULL;
    if (count > 2) return rt_new_ref(t, args[2]);
    rt__error_set_value(t, RT_ERROR_KEY, args[1]);
    return NULL;
}

NATIVE(popitem)
{
    RtObject *key, *value;
    if (!rt__dict_take_last(t, args[0], &key, &value)) {
        RtObject *message = rt_str_new(t, "popitem(): dictionary is empty", 30);
        if (message != NULL) rt__error_set_value(t, RT_ERROR_KEY, message);
        rt_decref_null(t, message);
        return NULL;
    }
    return rt__tuple_pair_steal(t, key, value);
}

NATIVE(update)
{
    bool good = (count < 2 || rt__dict_update(t, args[0], args[1])) &&
                set_keywords(t, args[0], args + count, kwnames);
    return good ? rt_none() : NULL;
}

NATIVE(clear)
{
    rt_dict_clear(t, args[0]);
    return rt_none();
}

NATIVE(copy)
{
    return copy_of(t, args[0]);
}

NATIVE(keys)
{
    return rt__dict_view(t, args[0], RT_VIEW_KEYS);
}

NATIVE(values)
{
    return rt__dict_view(t, args[0], RT_VIEW_VALUES);
}

NATIVE(items)
{
    return rt__dict_view(t, args[0], RT_VIEW_ITEMS);
}

static bool fill_keys(RtThread *t, RtObject *dict, RtObject *iterable, RtObject *value)
{
    RtObject *iterator = rt__iter(t, iterable);
    if (iterator == NULL) return false;
    RtObject *key;
    bool good = true;
    while (good && (key = rt__next(t, iterator)) != NULL) {
        good = rt__set_item(t, dict, key, value);
        rt_decref(t, key);
    }
    rt_decref(t, iterator);
    return good && rt_error_kind(t) == RT_ERROR_NONE;
}

// A function of the type: dict.fromkeys(iterable).
NATIVE(fromkeys)
{
    RtObject *dict = rt_dict_new(t);
    if (dict == NULL || fill_keys(t, dict, args[0], count > 1 ? args[1] : rt_none()))
        return dict;
    rt_decref(t, dict);
    return NULL;
}

static const RtBuiltin methods[] = {
    RT_METHOD("dict.clear", clear, 0, 0),
    RT_METHOD("dict.copy", copy, 0, 0),
    RT_FUNCTION("dict.fromkeys", fromkeys, 1, 2),
    RT_METHOD("dict.get", get, 1, 2),
    RT_METHOD("dict.items", items, 0, 0),
    RT_METHOD("dict.keys", keys, 0, 0),
    RT_METHOD("dict.pop", pop, 1, 2),
    RT_METHOD("dict.popitem", popitem, 0, 0),
    RT_METHOD("dict.setdefault", setdefault, 1, 2),
    RT_METHOD_KW("dict.update", update, 0, 1),
    RT_METHOD("dict.values", values, 0, 0),
    RT_BUILTIN_END,
};

// ------------------------------------------------------------------ operators

static RtObject *binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    if (op != RT_BINARY_OR || a->type != &rt__dict_type || b->type != &rt__dict_type)
        return rt_not_implemented();
    RtObject *both = copy_of(t, a);
    if (both == NULL || copy_entries(t, both, b)) return both;
    rt_decref(t, both);
    return NULL;
}

static RtObject *binary_in_place(RtThread *t, RtBinary op, RtObject *dict, RtObject *other)
{
    if (op != RT_BINARY_OR) return rt_not_implemented();
    return rt__dict_update(t, dict, other) ? rt_new_ref(t, dict) : NULL;
}

static RtObject *iter(RtThread *t, RtObject *dict)
{
    return rt__dict_iterator(t, dict, RT_VIEW_KEYS);
}

const RtSlots rt__dict_slots = {
    .construct = construct,
    .iter = iter,
    .binary = binary,
    .binary_in_place = binary_in_place,
    .methods = methods,
};
