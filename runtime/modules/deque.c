// deque.c: collections.deque.
//
// The ring is guarded by the deque's critical section. References that it loses are dropped
// after the section, as lists do.
#include "modules/modules.h"
#include "modules/ring.h"
#include "object/format.h"
#include "vm/iterator.h"

typedef struct RtDeque {
    RtObject base;
    RtObject *trash;
    RtRing ring;
    int64_t most;     // constant: how many items it may have; -1: any number
    uint64_t changes; // of its length, for iterators
} RtDeque;

typedef struct RtDequeIterator {
    RtIterator at;
    uint64_t changes; // of the deque when the iteration began
} RtDequeIterator;

static const RtType iterator_type;

static inline RtDeque *deque_of(RtObject *object)
{
    return (RtDeque *)object;
}

static RtObject *wrong_index(RtThread *t, const char *message)
{
    rt_error_set(t, RT_ERROR_INDEX, message);
    return NULL;
}

// ------------------------------------------------------------------ the ends

static bool reserve_locked(RtRing *ring)
{
    if (!rt__ring_is_full(ring)) return true;
    size_t capacity = rt__ring_more(ring->capacity);
    RtObject **larger = rt_array_alloc(capacity * sizeof *larger);
    if (larger == NULL) return false;
    rt_array_free(rt__ring_move(ring, larger, capacity));
    return true;
}

// The item goes in at one end, and if there are too many then, one goes out at the other, which
// the caller drops. False: no memory.
static bool push_locked(RtDeque *deque, RtObject *item, bool front, RtObject **dropped)
{
    RtRing *ring = &deque->ring;
    *dropped = NULL;
    if (!reserve_locked(ring)) return false;
    if (front)
        rt__ring_push_front_steal(ring, item);
    else
        rt__ring_push_steal(ring, item);
    deque->changes++;
    if (deque->most >= 0 && ring->count > (size_t)deque->most)
        *dropped = front ? rt__ring_pop(ring) : rt__ring_pop_front(ring);
    return true;
}

static bool push(RtThread *t, RtObject *object, RtObject *item, bool front)
{
    RtObject *dropped;
    rt_incref(t, item);
    RtHold hold = rt_hold_object(t, object);
    bool good = push_locked(deque_of(object), item, front, &dropped);
    rt_let_go(t, hold);
    rt_decref_null(t, good ? dropped : item);
    if (!good) rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    return good;
}

static RtObject *pop(RtThread *t, RtObject *object, bool front)
{
    RtDeque *deque = deque_of(object);
    RtObject *item = NULL;
    RtHold hold = rt_hold_object(t, object);
    if (deque->ring.count > 0) {
        item = front ? rt__ring_pop_front(&deque->ring) : rt__ring_pop(&deque->ring);
        deque->changes++;
    }
    rt_let_go(t, hold);
    return item != NULL ? item : wrong_index(t, "pop from an empty deque");
}

NATIVE(deque_append)
{
    return push(t, args[0], args[1], false) ? rt_none() : NULL;
}
NATIVE(deque_appendleft)
{
    return push(t, args[0], args[1], true) ? rt_none() : NULL;
}
NATIVE(deque_pop)
{
    return pop(t, args[0], false);
}
NATIVE(deque_popleft)
{
    return pop(t, args[0], true);
}

// Of the deque itself, its items as they were.
static bool extend(RtThread *t, RtObject *object, RtObject *iterable, bool front)
{
    RtObject *source = iterable == object ? rt__list_of(t, iterable) : rt_new_ref(t, iterable);
    RtObject *iterator = source != NULL ? rt__iter(t, source) : NULL;
    RtObject *item;
    bool good = iterator != NULL;
    while (good && (item = rt__next(t, iterator)) != NULL) {
        good = push(t, object, item, front);
        rt_decref(t, item);
    }
    rt_decref_null(t, iterator);
    rt_decref_null(t, source);
    return good && rt_error_kind(t) == RT_ERROR_NONE;
}

NATIVE(deque_extend)
{
    return extend(t, args[0], args[1], false) ? rt_none() : NULL;
}
NATIVE(deque_extendleft)
{
    return extend(t, args[0], args[1], true) ? rt_none() : NULL;
}

// ------------------------------------------------------------------ items by number

static size_t size_of(RtThread *t, RtObject *object)
{
    RtHold hold = rt_hold_object(t, object);
    size_t size = deque_of(object)->ring.count;
    rt_let_go(t, hold);
    return size;
}

static int64_t length(RtThread *t, RtObject *object)
{
    return (int64_t)size_of(t, object);
}

// A new reference; NULL without an error: it is not so long.
static RtObject *item_at(RtThread *t, RtObject *object, size_t index)
{
    RtRing *ring = &deque_of(object)->ring;
    RtHold hold = rt_hold_object(t, object);
    RtObject *item = index < ring->count ? rt_new_ref(t, rt__ring_at(ring, index)) : NULL;
    rt_let_go(t, hold);
    return item;
}

static bool index_of(RtThread *t, RtObject *object, RtObject *key, size_t *index)
{
    int64_t number;
    if (!rt__as_index(t, key, "sequence index must be integer, not '%s'", &number))
        return false;
    if (number < 0) number += length(t, object);
    *index = number < 0 ? SIZE_MAX : (size_t)number;
    return true;
}

static RtObject *get_item(RtThread *t, RtObject *object, RtObject *key)
{
    size_t index;
    if (!index_of(t, object, key, &index)) return NULL;
    RtObject *item = item_at(t, object, index);
    return item != NULL ? item : wrong_index(t, "deque index out of range");
}

static bool set_item(RtThread *t, RtObject *object, RtObject *key, RtObject *value)
{
    size_t index;
    if (!index_of(t, object, key, &index)) return false;
    RtRing *ring = &deque_of(object)->ring;
    RtObject *old = NULL;
    RtHold hold = rt_hold_object(t, object);
    if (index < ring->count) {
        RtObject **place = &ring->items[rt__ring_place(ring, index)];
        old = *place;
        *place = rt_new_ref(t, value);
    }
    rt_let_go(t, hold);
    if (old == NULL) wrong_index(t, "deque index out of range");
    rt_decref_null(t, old);
    return old != NULL;
}

// Turns so that the item at `by` comes first.
static void rotate_locked(RtRing *ring, size_t by)
{
    for (size_t i = 0; i < by; i++) {
        RtObject *item = rt__ring_pop_front(ring);
        rt__ring_push_steal(ring, item);
    }
}

static RtObject *take_locked(RtDeque *deque, size_t index)
{
    RtRing *ring = &deque->ring;
    if (index >= ring->count) return NULL;
    rotate_locked(ring, index);
    RtObject *item = rt__ring_pop_front(ring);
    rotate_locked(ring, ring->count - index);
    deque->changes++;
    return item;
}

static bool take(RtThread *t, RtObject *object, size_t index)
{
    RtHold hold = rt_hold_object(t, object);
    RtObject *item = take_locked(deque_of(object), index);
    rt_let_go(t, hold);
    rt_decref_null(t, item);
    return item != NULL;
}

static bool del_item(RtThread *t, RtObject *object, RtObject *key)
{
    size_t index;
    if (!index_of(t, object, key, &index)) return false;
    if (take(t, object, index)) return true;
    wrong_index(t, "deque index out of range");
    return false;
}

NATIVE(deque_rotate)
{
    int64_t by = 1;
    if (count == 2 && !rt__as_int(t, args[1], &by)) return NULL;
    RtRing *ring = &deque_of(args[0])->ring;
    RtHold hold = rt_hold_object(t, args[0]);
    int64_t size = (int64_t)ring->count;
    if (size > 0) rotate_locked(ring, (size_t)(((-by) % size + size) % size));
    rt_let_go(t, hold);
    return rt_none();
}

NATIVE(deque_reverse)
{
    RtRing *ring = &deque_of(args[0])->ring;
    RtHold hold = rt_hold_object(t, args[0]);
    for (size_t i = 0, j = ring->count; i + 1 < j; i++) {
        RtObject **low = &ring->items[rt__ring_place(ring, i)];
        RtObject **high = &ring->items[rt__ring_place(ring, --j)];
        RtObject *item = *low;
        *low = *high;
        *high = item;
    }
    rt_let_go(t, hold);
    return rt_none();
}

NATIVE(deque_insert)
{
    int64_t index;
    if (!rt__as_int(t, args[1], &index)) return NULL;
    RtDeque *deque = deque_of(args[0]);
    int64_t size = length(t, args[0]);
    if (deque->most >= 0 && size >= deque->most)
        return wrong_index(t, "deque already at its maximum size");
    if (index < 0) index += size;
    size_t place = index < 0 ? 0 : index > size ? (size_t)size : (size_t)index;
    RtObject *dropped = NULL;
    rt_incref(t, args[2]);
    RtHold hold = rt_hold_object(t, args[0]);
    if (place > deque->ring.count) place = deque->ring.count;
    rotate_locked(&deque->ring, place);
    bool good = push_locked(deque, args[2], true, &dropped);
    if (good && dropped == NULL) rotate_locked(&deque->ring, deque->ring.count - place);
    rt_let_go(t, hold);
    rt_decref_null(t, good ? dropped : args[2]);
    if (!good) rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    return good ? rt_none() : NULL;
}

// ------------------------------------------------------------------ searching

// The place of the first item that equals; -1: there is none; -2: an error. Where `number` is
// not NULL, it looks at the others too, and says how many do.
static int64_t find(RtThread *t, RtObject *object, RtObject *wanted, int64_t *number)
{
    int64_t found = -1;
    if (number != NULL) *number = 0;
    for (size_t i = 0; found < 0 || number != NULL; i++) {
        RtObject *item = item_at(t, object, i);
        if (item == NULL) return found;
        int equal = rt_object_equal(t, item, wanted);
        rt_decref(t, item);
        if (equal < 0) return -2;
        if (equal && found < 0) found = (int64_t)i;
        if (number != NULL) *number += equal;
    }
    return found;
}

NATIVE(deque_count)
{
    int64_t number;
    return find(t, args[0], args[1], &number) == -2 ? NULL : rt_int_new(t, number);
}

static RtObject *not_in(RtThread *t, RtObject *item)
{
    RtObject *text = rt_object_repr(t, item);
    if (text != NULL)
        rt__error_format(t, RT_ERROR_VALUE, "%s is not in deque",
                         rt_str_bytes_borrowed(text, NULL));
    rt_decref_null(t, text);
    return NULL;
}

NATIVE(deque_index)
{
    int64_t place = find(t, args[0], args[1], NULL);
    if (place == -1) return not_in(t, args[1]);
    return place < 0 ? NULL : rt_int_new(t, place);
}

NATIVE(deque_remove)
{
    int64_t place = find(t, args[0], args[1], NULL);
    if (place == -2) return NULL;
    return place >= 0 && take(t, args[0], (size_t)place) ? rt_none() : not_in(t, args[1]);
}

// ------------------------------------------------------------------ the whole

static void clear(RtThread *t, RtObject *object)
{
    RtDeque *deque = deque_of(object);
    RtHold hold = rt_hold_object(t, object);
    RtRing ring = deque->ring;
    deque->ring = (RtRing){.count = 0};
    deque->changes++;
    rt_let_go(t, hold);
    rt__ring_drop(t, &ring);
}

NATIVE(deque_clear)
{
    clear(t, args[0]);
    return rt_none();
}

static RtObject *deque_new(RtThread *t, const RtType *type, int64_t most)
{
    RtDeque *deque = (RtDeque *)rt__object_new(t, type, sizeof(RtDeque));
    if (deque == NULL) return NULL;
    deque->ring = (RtRing){.count = 0};
    deque->most = most;
    deque->changes = 0;
    rt__gc_track(t, &deque->base);
    return &deque->base;
}

NATIVE(deque_copy)
{
    RtObject *copy = deque_new(t, args[0]->type, deque_of(args[0])->most);
    if (copy != NULL && extend(t, copy, args[0], false)) return copy;
    rt_decref_null(t, copy);
    return NULL;
}

// deque([iterable[, maxlen]])
static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    static const char *const names[] = {"iterable", "maxlen", NULL};
    RtObject *values[2];
    int64_t most = -1;
    if (!rt__accepts(t, "deque", count, 2, NULL) ||
        !rt__arguments(t, "deque", args, count, kwnames, names, values))
        return NULL;
    if (values[1] != NULL && values[1] != rt_none()) {
        if (!rt__as_int(t, values[1], &most)) return NULL;
        if (most < 0) {
            rt_error_set(t, RT_ERROR_VALUE, "maxlen must be non-negative");
            return NULL;
        }
    }
    RtObject *deque = deque_new(t, type, most);
    if (deque == NULL || values[0] == NULL || extend(t, deque, values[0], false)) return deque;
    rt_decref(t, deque);
    return NULL;
}

// As lists compare.
static RtObject *compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    if (a->type != b->type) return rt_not_implemented();
    RtObject *x = rt__list_of(t, a);
    RtObject *y = x != NULL ? rt__list_of(t, b) : NULL;
    RtObject *result = y != NULL ? rt__compare(t, op, x, y) : NULL;
    rt_decref_null(t, x);
    rt_decref_null(t, y);
    return result;
}

static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    RtObject *result = compare(t, RT_COMPARE_EQ, a, b);
    int same = result != NULL ? result == rt_bool(true) : -1;
    rt_decref_null(t, result);
    return same;
}

static RtObject *in_place(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    if (op != RT_BINARY_ADD) return rt_not_implemented();
    return extend(t, a, b, false) ? rt_new_ref(t, a) : NULL;
}

// A deque that contains itself is too deep to be printed.
static RtObject *repr(RtThread *t, RtObject *object)
{
    RtObject *list = rt__list_of(t, object);
    RtObject *items = list != NULL ? rt_object_repr(t, list) : NULL;
    rt_decref_null(t, list);
    if (items == NULL) return NULL;
    const char *text = rt_str_bytes_borrowed(items, NULL);
    int64_t most = deque_of(object)->most;
    RtObject *result = most < 0
                           ? rt__format(t, "deque(%s)", text)
                           : rt__format(t, "deque(%s, maxlen=%lld)", text, (long long)most);
    rt_decref(t, items);
    return result;
}

static RtObject *get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    if (!rt__str_is(name, "maxlen", 6)) return NULL;
    int64_t most = deque_of(object)->most;
    return most < 0 ? rt_none() : rt_int_new(t, most);
}

// ------------------------------------------------------------------ iterating

static RtObject *iter(RtThread *t, RtObject *object)
{
    RtDequeIterator *iterator =
        (RtDequeIterator *)rt__iterator_new(t, &iterator_type, sizeof *iterator, object);
    if (iterator == NULL) return NULL;
    RtHold hold = rt_hold_object(t, object);
    iterator->changes = deque_of(object)->changes;
    rt_let_go(t, hold);
    rt__gc_track(t, &iterator->at.base);
    return &iterator->at.base;
}

static RtObject *next(RtThread *t, RtObject *object)
{
    RtDequeIterator *iterator = (RtDequeIterator *)object;
    RtDeque *deque = deque_of(iterator->at.container);
    size_t index = rt_atomic_load_relaxed(&iterator->at.position);
    RtObject *item = NULL;
    RtHold hold = rt_hold_object(t, &deque->base);
    bool same = deque->changes == iterator->changes;
    if (same && index < deque->ring.count)
        item = rt_new_ref(t, rt__ring_at(&deque->ring, index));
    rt_let_go(t, hold);
    rt_atomic_store_relaxed(&iterator->at.position, index + 1);
    if (!same) rt_error_set(t, RT_ERROR_RUNTIME, "deque mutated during iteration");
    return item;
}

static const RtSlots iterator_slots = {.iter = rt__iter_self, .next = next};

static const RtType iterator_type = {RT_ITERATOR_TYPE("_collections._deque_iterator"),
                                     .slots = &iterator_slots};

// ------------------------------------------------------------------ the type

static void finish(RtThread *t, RtObject *object)
{
    rt__ring_drop(t, &deque_of(object)->ring);
}

static void free_arrays(RtObject *object)
{
    rt_array_free(deque_of(object)->ring.items);
}

static size_t array_size(RtThread *t, RtObject *object)
{
    RtHold hold = rt_hold_object(t, object);
    size_t size = deque_of(object)->ring.capacity * sizeof(RtObject *);
    rt_let_go(t, hold);
    return size;
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    return rt__ring_traverse(&deque_of(object)->ring, visit, argument);
}

static const RtBuiltin methods[] = {
    RT_METHOD("deque.append", deque_append, 1, 1),
    RT_METHOD("deque.appendleft", deque_appendleft, 1, 1),
    RT_METHOD("deque.pop", deque_pop, 0, 0),
    RT_METHOD("deque.popleft", deque_popleft, 0, 0),
    RT_METHOD("deque.extend", deque_extend, 1, 1),
    RT_METHOD("deque.extendleft", deque_extendleft, 1, 1),
    RT_METHOD("deque.rotate", deque_rotate, 0, 1),
    RT_METHOD("deque.reverse", deque_reverse, 0, 0),
    RT_METHOD("deque.insert", deque_insert, 2, 2),
    RT_METHOD("deque.count", deque_count, 1, 1),
    RT_METHOD("deque.index", deque_index, 1, 1),
    RT_METHOD("deque.remove", deque_remove, 1, 1),
    RT_METHOD("deque.clear", deque_clear, 0, 0),
    RT_METHOD("deque.copy", deque_copy, 0, 0),
    RT_BUILTIN_END,
};

static const RtSlots slots = {
    .construct = construct,
    .get_attr = get_attr,
    .get_item = get_item,
    .set_item = set_item,
    .del_item = del_item,
    .length = length,
    .iter = iter,
    .binary_in_place = in_place,
    .compare = compare,
    .methods = methods,
};

const RtType rt__deque_type = {
    RT_TYPE_BASE,
    .name = "collections.deque",
    .slots = &slots,
    .finish = finish,
    .free_arrays = free_arrays,
    .array_size = array_size,
    .traverse = traverse,
    .clear = clear,
    .equal = equal,
    .repr = repr,
    .trash_link = offsetof(RtDeque, trash),
};
