// set.c: set's methods and operators.
#include "object/set.h"

#include "builtins/builtins.h"
#include "object/track.h"
#include "object/value.h"
#include "vm/iterator.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ with what is iterated

static bool add_steal(RtThread *t, RtObject *set, RtObject *item)
{
    bool done = rt__set_add(t, set, item);
    rt_decref(t, item);
    return done;
}

static bool add_all(RtThread *t, RtObject *set, RtObject *iterable)
{
    RtObject *iterator = rt__iter(t, iterable);
    if (iterator == NULL) return false;
    RtObject *item;
    bool good = true;
    while (good && (item = rt__next(t, iterator)) != NULL)
        good = add_steal(t, set, item);
    rt_decref(t, iterator);
    return good && rt_error_kind(t) == RT_ERROR_NONE;
}

RtObject *rt__set_of(RtThread *t, RtObject *iterable)
{
    RtObject *set = rt__set_new(t);
    if (set == NULL || add_all(t, set, iterable)) return set;
    rt_decref(t, set);
    return NULL;
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    if (!rt__accepts(t, type->name, count, 1, kwnames)) return NULL;
    return count == 0 ? rt__set_new(t) : rt__set_of(t, args[0]);
}

// The set itself, or one of the iterable's items: a new reference.
static RtObject *as_set(RtThread *t, RtObject *object)
{
    return object->type == &rt__set_type ? rt_new_ref(t, object) : rt__set_of(t, object);
}

// ------------------------------------------------------------------ two sets

// Puts those items of `a` into `to` that are in `b`, or (wanted 0) are not.
static bool select_items(RtThread *t, RtObject *to, RtObject *a, RtObject *b, int wanted)
{
    RtObject *item;
    for (size_t position = 0; (item = rt__set_next(t, a, &position)) != NULL;) {
        int found = rt__set_contains(t, b, item);
        bool good = found >= 0 && (found != wanted || rt__set_add(t, to, item));
        rt_decref(t, item);
        if (!good) return false;
    }
    return true;
}

static bool add_items(RtThread *t, RtObject *to, RtObject *from)
{
    RtObject *item;
    bool good = true;
    for (size_t position = 0; good && (item = rt__set_next(t, from, &position)) != NULL;)
        good = add_steal(t, to, item);
    return good;
}

static bool combine(RtThread *t, RtBinary op, RtObject *to, RtObject *a, RtObject *b)
{
    switch (op) {
    case RT_BINARY_OR:
        return add_items(t, to, a) && add_items(t, to, b);
    case RT_BINARY_AND:
        return select_items(t, to, a, b, 1);
    case RT_BINARY_SUB:
        return select_items(t, to, a, b, 0);
    default:
        return select_items(t, to, a, b, 0) && select_items(t, to, b, a, 0);
    }
}

static RtObject *combined(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    RtObject *result = rt__set_new(t);
    if (result == NULL || combine(t, op, result, a, b)) return result;
    rt_decref(t, result);
    return NULL;
}

static bool is_set_operator(RtBinary op)
{
    return op == RT_BINARY_OR || op == RT_BINARY_AND || op == RT_BINARY_SUB ||
           op == RT_BINARY_XOR;
}

static RtObject *binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    if (!is_set_operator(op) || a->type != &rt__set_type || b->type != &rt__set_type)
        return rt_not_implemented();
    return combined(t, op, a, b);
}

// Makes of `set` what combining gives. Between taking its items out and putting others in,
// other threads see some of them.
static bool combine_in_place(RtThread *t, RtBinary op, RtObject *set, RtObject *other)
{
    if (op == RT_BINARY_OR) return add_items(t, set, other);
    RtObject *result = combined(t, op, set, other);
    if (result == NULL) return false;
    rt__set_clear(t, set);
    bool done = add_items(t, set, result);
    rt_decref(t, result);
    return done;
}

static RtObject *binary_in_place(RtThread *t, RtBinary op, RtObject *set, RtObject *other)
{
    if (!is_set_operator(op) || other->type != &rt__set_type) return rt_not_implemented();
    if (other == set && op == RT_BINARY_OR) return rt_new_ref(t, set);
    return combine_in_place(t, op, set, other) ? rt_new_ref(t, set) : NULL;
}

// Whether all items of `a` are in `b`: 1, 0, -1.
static int is_subset(RtThread *t, RtObject *a, RtObject *b)
{
    RtObject *item;
    int found = 1;
    for (size_t position = 0; found == 1 && (item = rt__set_next(t, a, &position)) != NULL;) {
        found = rt__set_contains(t, b, item);
        rt_decref(t, item);
    }
    return found;
}

static RtObject *compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    if (op == RT_COMPARE_EQ || op == RT_COMPARE_NE || b->type != &rt__set_type ||
        a->type != b->type)
        return rt_not_implemented();
    if (op == RT_COMPARE_GT || op == RT_COMPARE_GE)
        return compare(t, op == RT_COMPARE_GT ? RT_COMPARE_LT : RT_COMPARE_LE, b, a);
    if (op == RT_COMPARE_LT && rt__set_size(a) >= rt__set_size(b)) return rt_bool(false);
    int all = is_subset(t, a, b);
    return all < 0 ? NULL : rt_bool(all);
}

// ------------------------------------------------------------------ methods

NATIVE(add)
{
    return rt__set_add(t, args[0], args[1]) ? rt_none() : NULL;
}

NATIVE(discard)
{
    return rt__set_discard(t, args[0], args[1]) >= 0 ? rt_none() : NULL;
}

NATIVE(remove)
{
    int found = rt__set_discard(t, args[0], args[1]);
    if (found == 0) rt__error_set_value(t, RT_ERROR_KEY, args[1]);
    return found > 0 ? rt_none() : NULL;
}

NATIVE(pop)
{
    RtObject *item = rt__set_take(t, args[0]);
    if (item != NULL) return item;
    RtObject *message = rt_str_new(t, "pop from an empty set", 21);
    if (message != NULL) rt__error_set_value(t, RT_ERROR_KEY, message);
    rt_decref_null(t, message);
    return NULL;
}

NATIVE(clear)
{
    rt__set_clear(t, args[0]);
    return rt_none();
}

NATIVE(copy)
{
    return rt__set_of(t, args[0]);
}

// Combines with each argument in turn, in a copy.
static RtObject *with_all(RtThread *t, RtBinary op, RtObject *const *args, size_t count)
{
    RtObject *result = rt__set_of(t, args[0]);
    for (size_t i = 1; result != NULL && i < count; i++) {
        RtObject *other = as_set(t, args[i]);
        RtObject *next = other != NULL ? combined(t, op, result, other) : NULL;
        rt_decref_null(t, other);
        rt_decref(t, result);
        result = next;
    }
    return result;
}

NATIVE(union_method)
{
    return with_all(t, RT_BINARY_OR, args, count);
}

NATIVE(intersection)
{
    return with_all(t, RT_BINARY_AND, args, count);
}

NATIVE(difference)
{
    return with_all(t, RT_BINARY_SUB, args, count);
}

NATIVE(symmetric_difference)
{
    return with_all(t, RT_BINARY_XOR, args, count);
}

static RtObject *update_with_all(RtThread *t, RtBinary op, RtObject *const *args, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        RtObject *other = as_set(t, args[i]);
        bool nothing_new = other == args[0] && op == RT_BINARY_OR;
        bool done = other != NULL && (nothing_new || combine_in_place(t, op, args[0], other));
        rt_decref_null(t, other);
        if (!done) return NULL;
    }
    return rt_none();
}

NATIVE(update)
{
    return update_with_all(t, RT_BINARY_OR, args, count);
}

NATIVE(intersection_update)
{
    return update_with_all(t, RT_BINARY_AND, args, count);
}

NATIVE(difference_update)
{
    return update_with_all(t, RT_BINARY_SUB, args, count);
}

NATIVE(symmetric_difference_update)
{
    return update_with_all(t, RT_BINARY_XOR, args, count);
}

static RtObject *subset(RtThread *t, RtObject *a, RtObject *b)
{
    RtObject *x = as_set(t, a), *y = x != NULL ? as_set(t, b) : NULL;
    int all = y != NULL ? is_subset(t, x, y) : -1;
    rt_decref_null(t, x);
    rt_decref_null(t, y);
    return all < 0 ? NULL : rt_bool(all);
}

NATIVE(issubset)
{
    return subset(t, args[0], args[1]);
}

NATIVE(issuperset)
{
    return subset(t, args[1], args[0]);
}

NATIVE(isdisjoint)
{
    RtObject *other = as_set(t, args[1]);
    RtObject *common = other != NULL ? combined(t, RT_BINARY_AND, args[0], other) : NULL;
    RtObject *result = common != NULL ? rt_bool(rt__set_size(common) == 0) : NULL;
    rt_decref_null(t, common);
    rt_decref_null(t, other);
    return result;
}

static const RtBuiltin methods[] = {
    RT_METHOD("set.add", add, 1, 1),
    RT_METHOD("set.clear", clear, 0, 0),
    RT_METHOD("set.copy", copy, 0, 0),
    RT_METHOD("set.difference", difference, 0, RT_ANY_COUNT),
    RT_METHOD("set.difference_update", difference_update, 0, RT_ANY_COUNT),
    RT_METHOD("set.discard", discard, 1, 1),
    RT_METHOD("set.intersection", intersection, 0, RT_ANY_COUNT),
    RT_METHOD("set.intersection_update", intersection_update, 0, RT_ANY_COUNT),
    RT_METHOD("set.isdisjoint", isdisjoint, 1, 1),
    RT_METHOD("set.issubset", issubset, 1, 1),
    RT_METHOD("set.issuperset", issuperset, 1, 1),
    RT_METHOD("set.pop", pop, 0, 0),
    RT_METHOD("set.remove", remove, 1, 1),
    RT_METHOD("set.symmetric_difference", symmetric_difference, 1, 1),
    RT_METHOD("set.symmetric_difference_update", symmetric_difference_update, 1, 1),
    RT_METHOD("set.union", union_method, 0, RT_ANY_COUNT),
    RT_METHOD("set.update", update, 0, RT_ANY_COUNT),
    RT_BUILTIN_END,
};

// ------------------------------------------------------------------ iterating

typedef struct SetIterator {
    RtIterator at;
    _Atomic size_t size; // of the set when the iteration began; SIZE_MAX: it is over
} SetIterator;

static RtObject *next(RtThread *t, RtObject *object)
{
    SetIterator *iterator = (SetIterator *)object;
    RtObject *set = iterator->at.container;
    size_t size = rt_atomic_load_relaxed(&iterator->size);
    if (size == SIZE_MAX) return NULL;
    if (size != rt__set_size(set)) {
        rt_error_set(t, RT_ERROR_RUNTIME, "Set changed size during iteration");
        return NULL;
    }
    size_t position = rt_atomic_load_relaxed(&iterator->at.position);
    RtObject *item = rt__set_next(t, set, &position);
    rt_atomic_store_relaxed(&iterator->at.position, position);
    if (item == NULL) rt_atomic_store_relaxed(&iterator->size, SIZE_MAX);
    return item;
}

static const RtSlots iterator_slots = {.iter = rt__iter_self, .next = next};

static const RtType iterator_type = {RT_ITERATOR_TYPE("set_iterator"),
                                     .slots = &iterator_slots};

static RtObject *iter(RtThread *t, RtObject *set)
{
    SetIterator *iterator =
        (SetIterator *)rt__iterator_new(t, &iterator_type, sizeof *iterator, set);
    if (rt_unlikely(iterator == NULL)) return NULL;
    rt_atomic_store_relaxed(&iterator->size, rt__set_size(set));
    rt__gc_track(t, &iterator->at.base);
    return &iterator->at.base;
}

static int64_t length(RtThread *t, RtObject *set)
{
    (void)t;
    return (int64_t)rt__set_size(set);
}

const RtSlots rt__set_slots = {
    .construct = construct,
    .contains = rt__set_contains,
    .length = length,
    .iter = iter,
    .binary = binary,
    .binary_in_place = binary_in_place,
    .compare = compare,
    .methods = methods,
};
