// iterate.c: iterating: iter, next, unpacking, and the iterators of sequences and ranges.
#include "object/int.h"
#include "object/track.h"
#include "object/tuple.h"
#include "object/value.h"
#include "vm/iterator.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ iterators' common part

RtIterator *rt__iterator_new(RtThread *t, const RtType *type, size_t size, RtObject *container)
{
    RtIterator *iterator = (RtIterator *)rt__object_new(t, type, size);
    if (rt_unlikely(iterator == NULL)) return NULL;
    iterator->container = rt_new_ref(t, container);
    rt_atomic_store_relaxed(&iterator->position, (size_t)0);
    return iterator;
}

static inline RtIterator *iterator_of(RtObject *object)
{
    return (RtIterator *)object;
}

void rt__iterator_finish(RtThread *t, RtObject *iterator)
{
    rt_decref(t, iterator_of(iterator)->container);
}

int rt__iterator_traverse(RtObject *iterator, RtVisit visit, void *argument)
{
    return visit(iterator_of(iterator)->container, argument);
}

RtObject *rt__iter_self(RtThread *t, RtObject *iterator)
{
    return rt_new_ref(t, iterator);
}

// ------------------------------------------------------------------ iterators of sequences

static RtObject *sequence_iterator_new(RtThread *t, const RtType *type, RtObject *sequence)
{
    RtIterator *iterator = rt__iterator_new(t, type, sizeof *iterator, sequence);
    if (rt_unlikely(iterator == NULL)) return NULL;
    rt__gc_track(t, &iterator->base);
    return &iterator->base;
}

RtObject *rt__sequence_iterator(RtThread *t, RtObject *sequence)
{
    return sequence_iterator_new(t, &rt__sequence_iterator_type, sequence);
}

// The index of the item to give now; the next call gets the one after it.
static inline size_t advance(RtIterator *iterator)
{
    size_t index = rt_atomic_load_relaxed(&iterator->position);
    rt_atomic_store_relaxed(&iterator->position, index + 1);
    return index;
}

// An exhausted iterator stays so, even if its list grows.
static RtObject *list_next(RtThread *t, RtObject *object)
{
    RtIterator *iterator = iterator_of(object);
    size_t index = rt_atomic_load_relaxed(&iterator->position);
    RtObject *item = index < SIZE_MAX / 2 ? rt__list_item(t, iterator->container, index) : NULL;
    rt_atomic_store_relaxed(&iterator->position, item != NULL ? index + 1 : SIZE_MAX / 2);
    return item;
}

static RtObject *tuple_next(RtThread *t, RtObject *object)
{
    RtIterator *iterator = iterator_of(object);
    size_t index = advance(iterator);
    if (index >= rt_tuple_size(iterator->container)) return NULL;
    return rt_new_ref(t, rt__tuple_item(iterator->container, index));
}

static RtObject *sequence_next(RtThread *t, RtObject *object)
{
    RtIterator *iterator = iterator_of(object);
    RtObject *index = rt_int_new(t, (int64_t)advance(iterator));
    if (index == NULL) return NULL;
    RtObject *item = rt__get_item(t, iterator->container, index);
    rt_decref(t, index);
    if (item == NULL && (rt__error_is(t, rt__error_class(t, RT_ERROR_INDEX)) ||
                         rt__error_is(t, rt__error_class(t, RT_ERROR_STOP_ITERATION))))
        rt_error_clear(t);
    return item;
}

static const RtSlots list_slots = {.iter = rt__iter_self, .next = list_next};
static const RtSlots tuple_slots = {.iter = rt__iter_self, .next = tuple_next};
static const RtSlots sequence_slots = {.iter = rt__iter_self, .next = sequence_next};

const RtType rt__list_iterator_type = {RT_ITERATOR_TYPE("list_iterator"), .slots = &list_slots};
const RtType rt__tuple_iterator_type = {RT_ITERATOR_TYPE("tuple_iterator"),
                                        .slots = &tuple_slots};
const RtType rt__sequence_iterator_type = {RT_ITERATOR_TYPE("iterator"),
                                           .slots = &sequence_slots};

// ------------------------------------------------------------------ any object

RtObject *rt__iter(RtThread *t, RtObject *object)
{
    if (object->type == &rt__list_type)
        return sequence_iterator_new(t, &rt__list_iterator_type, object);
    if (object->type == &rt__tuple_type)
        return sequence_iterator_new(t, &rt__tuple_iterator_type, object);
    const RtSlots *slots = object->type->slots;
    if (slots != NULL && slots->iter != NULL) return slots->iter(t, object);
    rt__error_format(t, RT_ERROR_TYPE, "'%s' object is not iterable", object->type->name);
    return NULL;
}

RtObject *rt__next(RtThread *t, RtObject *iterator)
{
    const RtSlots *slots = iterator->type->slots;
    if (slots != NULL && slots->next != NULL) return slots->next(t, iterator);
    rt__error_format(t, RT_ERROR_TYPE, "'%s' object is not an iterator", iterator->type->name);
    return NULL;
}

RtObject *rt__list_of(RtThread *t, RtObject *iterable)
{
    RtObject *iterator = rt__iter(t, iterable);
    RtObject *list = iterator != NULL ? rt_list_new(t, 0) : NULL;
    RtObject *item;
    bool good = list != NULL;
    while (good && (item = rt__next(t, iterator)) != NULL) {
        good = rt_list_append(t, list, item);
        rt_decref(t, item);
    }
    rt_decref_null(t, iterator);
    if (good && rt_error_kind(t) == RT_ERROR_NONE) return list;
    rt_decref_null(t, list);
    return NULL;
}

RtObject *rt__tuple_of(RtThread *t, RtObject *iterable)
{
    if (iterable->type == &rt__tuple_type) return rt_new_ref(t, iterable);
    RtObject *list = rt__list_of(t, iterable); // a list of our own, which nobody changes
    if (list == NULL) return NULL;
    RtObject *tuple = rt_tuple_new(t, rt_list_size(t, list));
    for (size_t i = 0; tuple != NULL && i < rt_tuple_size(tuple); i++)
        rt_tuple_set_steal(tuple, i, rt_list_get(t, list, i));
    rt_decref(t, list);
    return tuple;
}

// ------------------------------------------------------------------ unpacking

static bool wrong_count(RtThread *t, size_t expected, size_t got, bool more)
{
    if (more)
        rt__error_format(t, RT_ERROR_VALUE, "too many values to unpack (expected %zu)",
                         expected);
    else
        rt__error_format(t, RT_ERROR_VALUE,
                         "not enough values to unpack (expected %zu, got %zu)", expected, got);
    return false;
}

static bool is_iterable(const RtObject *object)
{
    if (object->type->is_class)
        return rt__special(object, RT_NAME_iter) != NULL ||
               rt__special(object, RT_NAME_getitem) != NULL;
    const RtSlots *slots = object->type->slots;
    return object->type == &rt__list_type || (slots != NULL && slots->iter != NULL);
}

static bool no_iterable(RtThread *t, RtObject *object)
{
    if (is_iterable(object)) return false;
    rt__error_format(t, RT_ERROR_TYPE, "cannot unpack non-iterable %s object",
                     object->type->name);
    return true;
}

static bool unpack_iterator(RtThread *t, RtObject *iterator, RtObject **to, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] = rt__next(t, iterator);
        if (to[i] != NULL) continue;
        return rt_error_kind(t) == RT_ERROR_NONE && wrong_count(t, count, i, false);
    }
    RtObject *more = rt__next(t, iterator);
    if (more == NULL) return rt_error_kind(t) == RT_ERROR_NONE;
    rt_decref(t, more);
    return wrong_count(t, count, 0, true);
}

bool rt__unpack(RtThread *t, RtObject *iterable, RtObject **to, size_t count)
{
    if (iterable->type == &rt__tuple_type) {
        size_t size = rt_tuple_size(iterable);
        if (size != count) return wrong_count(t, count, size, size > count);
        for (size_t i = 0; i < count; i++)
            to[i] = rt_new_ref(t, rt__tuple_item(iterable, i));
        return true;
    }
    if (no_iterable(t, iterable)) return false;
    RtObject *iterator = rt__iter(t, iterable);
    if (iterator == NULL) return false;
    bool good = unpack_iterator(t, iterator, to, count);
    rt_decref(t, iterator);
    return good;
}

bool rt__unpack_rest(RtThread *t, RtObject *iterable, RtObject **to, size_t before,
                     size_t after)
{
    if (iterable->type != &rt__tuple_type && no_iterable(t, iterable)) return false;
    RtObject *list = rt__list_of(t, iterable);
    if (list == NULL) return false;
    size_t size = rt_list_size(t, list);
    bool good = size >= before + after;
    if (!good)
        rt__error_format(t, RT_ERROR_VALUE,
                         "not enough values to unpack (expected at least %zu, got %zu)",
                         before + after, size);
    for (size_t i = 0; good && i < before; i++)
        good = (to[i] = rt_list_get(t, list, i)) != NULL;
    good = good && (to[before] = rt_list_new(t, size - before - after)) != NULL;
    for (size_t i = before; good && i < size; i++) {
        RtObject *item = rt_list_get(t, list, i);
        if (i < size - after) {
            good = rt_list_append(t, to[before], item);
            rt_decref(t, item);
        } else {
            to[before + 1 + i - (size - after)] = item;
        }
    }
    rt_decref(t, list);
    return good;
}
