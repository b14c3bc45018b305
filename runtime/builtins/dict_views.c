// dict_views.c: a dict's keys, values and items, and iterating over them.
#include "builtins/builtins.h"
#include "object/dict.h"
#include "object/format.h"
#include "object/set.h"
#include "object/track.h"
#include "object/tuple.h"
#include "object/value.h"
#include "vm/iterator.h"

// A view, or an iterator of one: those use the position and the size as well. An iterator that
// two threads use gives an item to each, or one to both.
typedef struct View {
    RtIterator at;
    RtViewKind kind;
    _Atomic size_t size; // of the dict when the iteration began; SIZE_MAX: it is over
} View;

static inline View *view_of(RtObject *object)
{
    return (View *)object;
}

static inline RtObject *dict_of(RtObject *object)
{
    return view_of(object)->at.container;
}

static const RtType view_types[3];
static const RtType iterator_types[3];

static RtObject *new_view(RtThread *t, const RtType *type, RtObject *dict, RtViewKind kind)
{
    View *view = (View *)rt__iterator_new(t, type, sizeof *view, dict);
    if (rt_unlikely(view == NULL)) return NULL;
    view->kind = kind;
    rt_atomic_store_relaxed(&view->size, rt_dict_size(t, dict));
    rt__gc_track(t, &view->at.base);
    return &view->at.base;
}

RtObject *rt__dict_view(RtThread *t, RtObject *dict, RtViewKind kind)
{
    return new_view(t, &view_types[kind], dict, kind);
}

RtObject *rt__dict_iterator(RtThread *t, RtObject *dict, RtViewKind kind)
{
    return new_view(t, &iterator_types[kind], dict, kind);
}

// ------------------------------------------------------------------ iterating

static RtObject *next_item(RtThread *t, RtObject *dict, RtViewKind kind, size_t *position)
{
    RtObject *key = NULL, *value = NULL;
    RtObject **wanted_key = kind != RT_VIEW_VALUES ? &key : NULL;
    RtObject **wanted_value = kind != RT_VIEW_KEYS ? &value : NULL;
    if (!rt_dict_next(t, dict, position, wanted_key, wanted_value)) return NULL;
    if (kind == RT_VIEW_ITEMS) return rt__tuple_pair_steal(t, key, value);
    return kind == RT_VIEW_KEYS ? key : value;
}

static RtObject *next(RtThread *t, RtObject *object)
{
    View *view = view_of(object);
    size_t size = rt_atomic_load_relaxed(&view->size);
    if (size == SIZE_MAX) return NULL;
    if (size != rt_dict_size(t, view->at.container)) {
        rt_error_set(t, RT_ERROR_RUNTIME, "dictionary changed size during iteration");
        return NULL;
    }
    size_t position = rt_atomic_load_relaxed(&view->at.position);
    RtObject *item = next_item(t, view->at.container, view->kind, &position);
    rt_atomic_store_relaxed(&view->at.position, position);
    if (item == NULL) rt_atomic_store_relaxed(&view->size, SIZE_MAX);
    return item;
}

static const RtSlots iterator_slots = {.iter = rt__iter_self, .next = next};

#define ITERATOR_TYPE(text)                                                                    \
    {                                                                                          \
        RT_ITERATOR_TYPE(text), .slots = &iterator_slots                                       \
    }

static const RtType iterator_types[3] = {
    ITERATOR_TYPE("dict_keyiterator"),
    ITERATOR_TYPE("dict_valueiterator"),
    ITERATOR_TYPE("dict_itemiterator"),
};

// ------------------------------------------------------------------ views

static RtObject *iter(RtThread *t, RtObject *object)
{
    return rt__dict_iterator(t, dict_of(object), view_of(object)->kind);
}

static int64_t length(RtThread *t, RtObject *object)
{
    return (int64_t)rt_dict_size(t, dict_of(object));
}

static int has_item(RtThread *t, RtObject *dict, RtObject *pair)
{
    if (pair->type != &rt__tuple_type || rt_tuple_size(pair) != 2) return 0;
    RtObject *value = rt_dict_get(t, dict, rt__tuple_item(pair, 0));
    if (value == NULL) {
        if (rt_error_kind(t) != RT_ERROR_KEY) return -1;
        rt_error_clear(t);
        return 0;
    }
    int same = rt__compare_truth(t, RT_COMPARE_EQ, value, rt__tuple_item(pair, 1));
    rt_decref(t, value);
    return same;
}

static int contains_key(RtThread *t, RtObject *object, RtObject *key)
{
    return rt_dict_contains(t, dict_of(object), key);
}

static int contains_item(RtThread *t, RtObject *object, RtObject *pair)
{
    return has_item(t, dict_of(object), pair);
}

static void add_entries(RtBuffer *buffer, View *view)
{
    RtObject *item;
    const char *separator = "";
    for (size_t position = 0;
         (item = next_item(buffer->t, view->at.container, view->kind, &position)) != NULL;) {
        rt__buffer_add_text(buffer, separator);
        rt__buffer_add_repr(buffer, item);
        rt_decref(buffer->t, item);
        separator = ", ";
    }
    if (rt_error_kind(buffer->t) != RT_ERROR_NONE) rt__buffer_fail(buffer);
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    rt__buffer_add_text(&buffer, object->type->name);
    rt__buffer_add_text(&buffer, "([");
    add_entries(&buffer, view_of(object));
    rt__buffer_add_text(&buffer, "])");
    return rt__buffer_finish(&buffer);
}

// Keys and items are like sets: operators make sets of both sides.
static RtObject *set_operation(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    if (op != RT_BINARY_SUB && op != RT_BINARY_AND && op != RT_BINARY_OR && op != RT_BINARY_XOR)
        return rt_not_implemented();
    RtObject *x = rt__set_of(t, a), *y = x != NULL ? rt__set_of(t, b) : NULL;
    RtObject *result = y != NULL ? rt__set_slots.binary(t, op, x, y) : NULL;
    rt_decref_null(t, x);
    rt_decref_null(t, y);
    return result;
}

static RtObject *set_compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    if (b->type != a->type && b->type != &rt__set_type) return rt_not_implemented();
    RtObject *x = rt__set_of(t, a), *y = x != NULL ? rt__set_of(t, b) : NULL;
    RtObject *result = y != NULL ? rt__compare(t, op, x, y) : NULL;
    rt_decref_null(t, x);
    rt_decref_null(t, y);
    return result;
}

static const RtSlots view_slots[3] = {
    {.iter = iter,
     .length = length,
     .contains = contains_key,
     .binary = set_operation,
     .compare = set_compare},
    {.iter = iter, .length = length},
    {.iter = iter,
     .length = length,
     .contains = contains_item,
     .binary = set_operation,
     .compare = set_compare},
};

#define VIEW_TYPE(text, number)                                                                \
    {                                                                                          \
        RT_ITERATOR_TYPE(text), .slots = &view_slots[number], .repr = repr                     \
    }

static const RtType view_types[3] = {
    VIEW_TYPE("dict_keys", 0),
    VIEW_TYPE("dict_values", 1),
    VIEW_TYPE("dict_items", 2),
};
