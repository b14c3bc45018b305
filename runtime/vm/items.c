// items.c: subscripts and lengths.
#include "object/int.h"
#include "object/tuple.h"
#include "vm/iterator.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ lists and tuples

// The index that an int means, counted from the end if it is negative; size and beyond: none.
static inline size_t index_of(int64_t index, size_t size)
{
    if (index < 0) index += (int64_t)size;
    return index < 0 ? SIZE_MAX : (size_t)index;
}

static RtObject *list_slice(RtThread *t, RtObject *list, RtObject *slice)
{
    int64_t first, count, step;
    if (!rt__slice_of(t, slice, (int64_t)rt_list_size(t, list), &first, &count, &step))
        return NULL;
    RtObject *result = rt_list_new(t, (size_t)count);
    for (int64_t i = 0; result != NULL && i < count; i++) {
        RtObject *item = rt__list_item(t, list, (size_t)(first + i * step));
        if (item == NULL) break; // another thread has made it shorter
        rt_list_append(t, result, item); // there is room
        rt_decref(t, item);
    }
    return result;
}

static RtObject *tuple_slice(RtThread *t, RtObject *tuple, RtObject *slice)
{
    int64_t first, count, step;
    if (!rt__slice_of(t, slice, (int64_t)rt_tuple_size(tuple), &first, &count, &step))
        return NULL;
    if (count == (int64_t)rt_tuple_size(tuple) && step == 1) return rt_new_ref(t, tuple);
    RtObject *result = rt_tuple_new(t, (size_t)count);
    for (int64_t i = 0; result != NULL && i < count; i++)
        rt_tuple_set_steal(result, (size_t)i,
                           rt_new_ref(t, rt__tuple_item(tuple, (size_t)(first + i * step))));
    return result;
}

static bool list_index(RtThread *t, RtObject *key, int64_t *index)
{
    return rt__as_index(t, key, "list indices must be integers or slices, not %s", index);
}

static RtObject *list_item(RtThread *t, RtObject *list, RtObject *key)
{
    int64_t index;
    if (key->type == &rt__slice_type) return list_slice(t, list, key);
    if (!list_index(t, key, &index)) return NULL;
    return rt_list_get(t, list, index_of(index, rt_list_size(t, list)));
}

static RtObject *tuple_item(RtThread *t, RtObject *tuple, RtObject *key)
{
    int64_t index;
    if (key->type == &rt__slice_type) return tuple_slice(t, tuple, key);
    if (!rt__as_index(t, key, "tuple indices must be integers or slices, not %s", &index))
        return NULL;
    return rt_tuple_get(t, tuple, index_of(index, rt_tuple_size(tuple)));
}

// ------------------------------------------------------------------ any object

// The key that is missing is the error's argument.
static RtObject *dict_item(RtThread *t, RtObject *dict, RtObject *key)
{
    RtObject *value = rt_dict_get(t, dict, key);
    if (value == NULL && rt_error_kind(t) == RT_ERROR_KEY)
        rt__error_set_value(t, RT_ERROR_KEY, key);
    return value;
}

RtObject *rt__get_item(RtThread *t, RtObject *object, RtObject *key)
{
    if (object->type == &rt__list_type) return list_item(t, object, key);
    if (object->type == &rt__dict_type) return dict_item(t, object, key);
    if (object->type == &rt__tuple_type) return tuple_item(t, object, key);
    const RtSlots *slots = object->type->slots;
    if (slots != NULL && slots->get_item != NULL) return slots->get_item(t, object, key);
    if (rt__is_class(object))
        rt__error_format(t, RT_ERROR_TYPE, "type '%s' is not subscriptable",
                         rt__type_of_class(object)->name);
    else
        rt__error_format(t, RT_ERROR_TYPE, "'%s' object is not subscriptable",
                         object->type->name);
    return NULL;
}

bool rt__set_item(RtThread *t, RtObject *object, RtObject *key, RtObject *value)
{
    const RtSlots *slots = object->type->slots;
    if (object->type == &rt__list_type && key->type == &rt__int_type) {
        int64_t index;
        if (!list_index(t, key, &index)) return false;
        return rt_list_set(t, object, index_of(index, rt_list_size(t, object)), value);
    }
    if (object->type == &rt__dict_type) return rt_dict_set(t, object, key, value);
    if (slots != NULL && slots->set_item != NULL) return slots->set_item(t, object, key, value);
    rt__error_format(t, RT_ERROR_TYPE, "'%s' object does not support item assignment",
                     object->type->name);
    return false;
}

static bool del_dict_item(RtThread *t, RtObject *dict, RtObject *key)
{
    if (rt_dict_delete(t, dict, key)) return true;
    if (rt_error_kind(t) == RT_ERROR_KEY) rt__error_set_value(t, RT_ERROR_KEY, key);
    return false;
}

bool rt__del_item(RtThread *t, RtObject *object, RtObject *key)
{
    const RtSlots *slots = object->type->slots;
    if (object->type == &rt__dict_type) return del_dict_item(t, object, key);
    if (slots != NULL && slots->del_item != NULL) return slots->del_item(t, object, key);
    bool sequence = object->type == &rt__tuple_type || (slots != NULL && slots->length != NULL);
    rt__error_format(t, RT_ERROR_TYPE,
                     sequence && key->type == &rt__int_type
                         ? "'%s' object doesn't support item deletion" // CPython has both
                         : "'%s' object does not support item deletion",
                     object->type->name);
    return false;
}

int64_t rt__length(RtThread *t, RtObject *object)
{
    if (object->type == &rt__list_type) return (int64_t)rt_list_size(t, object);
    if (object->type == &rt__dict_type) return (int64_t)rt_dict_size(t, object);
    if (object->type == &rt__tuple_type) return (int64_t)rt_tuple_size(object);
    const RtSlots *slots = object->type->slots;
    if (slots != NULL && slots->length != NULL) return slots->length(t, object);
    rt__error_format(t, RT_ERROR_TYPE, "object of type '%s' has no len()", object->type->name);
    return -1;
}
