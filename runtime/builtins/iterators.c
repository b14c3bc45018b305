// iterators.c: enumerate, zip, map, filter and reversed: types whose objects are iterators over
// others.
#include "builtins/builtins.h"
#include "object/list.h"
#include "object/track.h"
#include "object/tuple.h"
#include "object/value.h"
#include "vm/iterator.h"
#include "vm/operations.h"

// `parts` are what it iterates over, and before them, for map and filter, the function; `trash`
// is the trash list's link. Two threads may share one, and each get some of the items.
typedef struct Compound {
    RtObject base;
    RtObject *trash;
    size_t count;
    _Atomic int64_t index; // enumerate: the next number; reversed: of the last item given
    RtObject *parts[];
} Compound;

static inline Compound *compound_of(RtObject *object)
{
    return (Compound *)object;
}

// With no parts yet; they are filled in before it is tracked.
static Compound *new_compound(RtThread *t, const RtType *type, size_t count)
{
    size_t size = sizeof(Compound) + count * sizeof(RtObject *);
    Compound *compound = (Compound *)rt__object_new(t, type, size);
    if (rt_unlikely(compound == NULL)) return NULL;
    compound->count = count;
    rt_atomic_store_relaxed(&compound->index, (int64_t)0);
    for (size_t i = 0; i < count; i++)
        compound->parts[i] = NULL;
    rt__gc_track(t, &compound->base);
    return compound;
}

static void finish(RtThread *t, RtObject *object)
{
    for (size_t i = 0; i < compound_of(object)->count; i++)
        rt_decref_null(t, compound_of(object)->parts[i]);
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    int stop = 0;
    for (size_t i = 0; stop == 0 && i < compound_of(object)->count; i++) {
        RtObject *part = compound_of(object)->parts[i];
        if (part != NULL) stop = visit(part, argument);
    }
    return stop;
}

#define COMPOUND_TYPE(text, its_slots)                                                         \
    {                                                                                          \
        RT_TYPE_BASE, .name = text, .slots = &its_slots, .finish = finish,                     \
                      .traverse = traverse, .hash = rt__identity_hash,                         \
                      .trash_link = offsetof(Compound, trash)                                  \
    }

// Fills parts from `first` on with iterators of the arguments. NULL with an error, and the
// object is gone.
static RtObject *with_iterators(RtThread *t, Compound *compound, RtObject *const *args,
                                size_t first)
{
    if (compound == NULL) return NULL;
    for (size_t i = first; i < compound->count; i++) {
        compound->parts[i] = rt__iter(t, args[i]);
        if (compound->parts[i] != NULL) continue;
        rt_decref(t, &compound->base);
        return NULL;
    }
    return &compound->base;
}

// ------------------------------------------------------------------ enumerate

static RtObject *enumerate_next(RtThread *t, RtObject *object)
{
    Compound *compound = compound_of(object);
    RtObject *item = rt__next(t, compound->parts[0]);
    if (item == NULL) return NULL;
    int64_t index = rt_atomic_load_relaxed(&compound->index);
    rt_atomic_store_relaxed(&compound->index, index + 1);
    return rt__tuple_pair_steal(t, rt_int_new(t, index), item);
}

static const RtType enumerate_type;

static RtObject *enumerate_new(RtThread *t, const RtType *type, RtObject *const *args,
                               size_t count, RtObject *kwnames)
{
    static const char *const names[] = {"iterable", "start", NULL};
    RtObject *values[2];
    int64_t start = 0;
    if (!rt__accepts(t, type->name, count, 2, NULL)) return NULL;
    if (!rt__arguments(t, type->name, args, count, kwnames, names, values)) return NULL;
    if (values[0] == NULL) {
        rt_error_set(t, RT_ERROR_TYPE, "enumerate() missing required argument 'iterable'");
        return NULL;
    }
    if (values[1] != NULL && !rt__as_int(t, values[1], &start)) return NULL;
    RtObject *object = with_iterators(t, new_compound(t, &enumerate_type, 1), values, 0);
    if (object != NULL) rt_atomic_store_relaxed(&compound_of(object)->index, start);
    return object;
}

static const RtSlots enumerate_slots = {
    .construct = enumerate_new, .iter = rt__iter_self, .next = enumerate_next};
static const RtType enumerate_type = COMPOUND_TYPE("enumerate", enumerate_slots);

// ------------------------------------------------------------------ zip

static RtObject *zip_next(RtThread *t, RtObject *object)
{
    Compound *compound = compound_of(object);
    if (compound->count == 0) return NULL;
    RtObject *tuple = rt_tuple_new(t, compound->count);
    for (size_t i = 0; tuple != NULL && i < compound->count; i++) {
        RtObject *item = rt__next(t, compound->parts[i]);
        if (item == NULL) {
            rt_decref(t, tuple);
            return NULL;
        }
        rt_tuple_set_steal(tuple, i, item);
    }
    return tuple;
}

static RtObject *zip_new(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                         RtObject *kwnames)
{
    if (!rt__accepts(t, type->name, count, SIZE_MAX, kwnames)) return NULL;
    return with_iterators(t, new_compound(t, type, count), args, 0);
}

static const RtSlots zip_slots = {
    .construct = zip_new, .iter = rt__iter_self, .next = zip_next};
static const RtType zip_type = COMPOUND_TYPE("zip", zip_slots);

// ------------------------------------------------------------------ map and filter

static RtObject *with_function(RtThread *t, const RtType *type, RtObject *const *args,
                               size_t count)
{
    Compound *compound = new_compound(t, type, count);
    if (compound != NULL) compound->parts[0] = rt_new_ref(t, args[0]);
    return with_iterators(t, compound, args, 1);
}

#define MAX_MAPPED 16

static RtObject *map_next(RtThread *t, RtObject *object)
{
    Compound *compound = compound_of(object);
    RtObject *items[MAX_MAPPED];
    size_t count = 0;
    RtObject *result = NULL;
    while (count + 1 < compound->count &&
           (items[count] = rt__next(t, compound->parts[count + 1])) != NULL)
        count++;
    if (count + 1 == compound->count)
        result = rt__call(t, compound->parts[0], items, count, NULL);
    while (count > 0)
        rt_decref(t, items[--count]);
    return result;
}

static RtObject *map_new(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                         RtObject *kwnames)
{
    if (!rt__accepts(t, type->name, count, MAX_MAPPED, kwnames)) return NULL;
    if (count >= 2) return with_function(t, type, args, count);
    rt_error_set(t, RT_ERROR_TYPE, "map() must have at least two arguments.");
    return NULL;
}

static const RtSlots map_slots = {
    .construct = map_new, .iter = rt__iter_self, .next = map_next};
static const RtType map_type = COMPOUND_TYPE("map", map_slots);

// Whether filter's function (None: the item itself) says yes: 1, 0, -1.
static int is_wanted(RtThread *t, RtObject *function, RtObject *item)
{
    if (function == rt_none()) return rt__truth(t, item);
    RtObject *answer = rt__call(t, function, &item, 1, NULL);
    if (answer == NULL) return -1;
    int truth = rt__truth(t, answer);
    rt_decref(t, answer);
    return truth;
}

static RtObject *filter_next(RtThread *t, RtObject *object)
{
    Compound *compound = compound_of(object);
    RtObject *item;
    while ((item = rt__next(t, compound->parts[1])) != NULL) {
        int wanted = is_wanted(t, compound->parts[0], item);
        if (wanted > 0) return item;
        rt_decref(t, item);
        if (wanted < 0) return NULL;
    }
    return NULL;
}

static RtObject *filter_new(RtThread *t, const RtType *type, RtObject *const *args,
                            size_t count, RtObject *kwnames)
{
    if (!rt__accepts(t, type->name, count, 2, kwnames)) return NULL;
    if (count == 2) return with_function(t, type, args, count);
    rt__error_format(t, RT_ERROR_TYPE, "filter expected 2 arguments, got %zu", count);
    return NULL;
}

static const RtSlots filter_slots = {
    .construct = filter_new, .iter = rt__iter_self, .next = filter_next};
static const RtType filter_type = COMPOUND_TYPE("filter", filter_slots);

// ------------------------------------------------------------------ reversed

static RtObject *reversed_next(RtThread *t, RtObject *object)
{
    Compound *compound = compound_of(object);
    int64_t index = rt_atomic_load_relaxed(&compound->index) - 1;
    if (index < 0) return NULL;
    rt_atomic_store_relaxed(&compound->index, index);
    if (compound->parts[0]->type == &rt__list_type)
        return rt__list_item(t, compound->parts[0], (size_t)index);
    RtObject *key = rt_int_new(t, index);
    RtObject *item = key != NULL ? rt__get_item(t, compound->parts[0], key) : NULL;
    rt_decref_null(t, key);
    return item;
}

// The keys of a dict, or of what is behind its views, as a list.
static RtObject *sequence_of(RtThread *t, RtObject *object)
{
    const RtSlots *slots = object->type->slots;
    if (object->type == &rt__dict_type) return rt__list_of(t, object);
    if (slots != NULL && slots->iter != NULL && slots->length != NULL &&
        slots->get_item == NULL && object->type != &rt__set_type)
        return rt__list_of(t, object);
    return rt_new_ref(t, object);
}

static RtObject *reversed_new(RtThread *t, const RtType *type, RtObject *const *args,
                              size_t count, RtObject *kwnames)
{
    if (!rt__accepts(t, type->name, count, 1, kwnames)) return NULL;
    if (count == 0) {
        rt_error_set(t, RT_ERROR_TYPE, "reversed expected 1 argument, got 0");
        return NULL;
    }
    const RtSlots *slots = args[0]->type->slots;
    bool sequence = args[0]->type == &rt__list_type || args[0]->type == &rt__tuple_type ||
                    args[0]->type == &rt__dict_type ||
                    (slots != NULL && slots->length != NULL && args[0]->type != &rt__set_type);
    if (!sequence) {
        rt__error_format(t, RT_ERROR_TYPE, "'%s' object is not reversible",
                         args[0]->type->name);
        return NULL;
    }
    RtObject *items = sequence_of(t, args[0]);
    int64_t size = items != NULL ? rt__length(t, items) : -1;
    Compound *compound = size >= 0 ? new_compound(t, type, 1) : NULL;
    if (compound == NULL) {
        rt_decref_null(t, items);
        return NULL;
    }
    compound->parts[0] = items;
    rt_atomic_store_relaxed(&compound->index, size);
    return &compound->base;
}

static const RtSlots reversed_slots = {
    .construct = reversed_new, .iter = rt__iter_self, .next = reversed_next};
static const RtType reversed_type = COMPOUND_TYPE("reversed", reversed_slots);

const RtType *const rt__iterator_types[] = {&enumerate_type, &zip_type,      &map_type,
                                            &filter_type,    &reversed_type, NULL};
