// list.c: growing arrays of references.
//
// Every function that changes a list takes its critical section. References that a list loses
// are dropped after the section: a destruction may run anything. Nothing inside a section here
// can suspend it, so those on one list are holds. The size is one word and read by itself.
//
// Items are read without it where the lock policy allows that (object/slot.h).
#include "object/list.h"

#include "object/format.h"
#include "object/recursion.h"
#include "object/slot.h"
#include "object/slots.h"
#include "object/track.h"
#include "object/types.h"

typedef struct RtListArray {
    RtArrayWord capacity; // negative: retired; see object/array.h
    RtSlot slots[];
} RtListArray;

// Written in the list's section and read anywhere.
//
// Slots from `size` on are NULL, so that `size` can be the trash list's link while the list
// waits to be destroyed: `finish` walks all slots.
typedef struct RtList {
    RtObject base;
    _Atomic size_t size;
    _Atomic(RtListArray *) array; // NULL: no capacity
} RtList;

_Static_assert(sizeof(size_t) == sizeof(void *), "the size's word holds the trash link");

static inline RtList *list_of(RtObject *object)
{
    RT_ASSERT(object->type == &rt__list_type);
    return (RtList *)object;
}

static inline size_t size_of(RtList *list)
{
    return rt_atomic_load_relaxed(&list->size);
}

// For who writes: in the section, or with the list to itself.
static inline RtListArray *array_of(RtList *list)
{
    return rt_atomic_load_relaxed(&list->array);
}

static inline size_t capacity_of(const RtListArray *array)
{
    return array != NULL ? (size_t)rt_atomic_load_relaxed(&array->capacity) : 0;
}

static inline RtObject *slot_get(RtListArray *array, size_t index)
{
    return rt__slot_get(&array->slots[index]);
}

static inline void slot_set(RtListArray *array, size_t index, RtObject *item_steal)
{
    rt__slot_set(&array->slots[index], item_steal);
}

static inline void set_size_locked(RtList *list, size_t size)
{
    RT_ASSERT(size == 0 || slot_get(array_of(list), size - 1) != NULL);
    RT_ASSERT(size == capacity_of(array_of(list)) || slot_get(array_of(list), size) == NULL);
    rt_atomic_store_relaxed(&list->size, size);
}

static size_t bytes_of(RtListArray *array)
{
    return sizeof *array + capacity_of(array) * sizeof(RtSlot);
}

static RtListArray *new_array(RtThread *t, size_t capacity)
{
    RtListArray *array = rt__array_new(t, sizeof *array, capacity, sizeof(RtObject *));
    if (array == NULL) return NULL;
    rt_atomic_store_relaxed(&array->capacity, (int64_t)capacity);
    rt__array_trace(t, array, bytes_of(array));
    return array;
}

// Of an array that is not published.
static void null_slots(RtListArray *array, size_t from)
{
    __builtin_memset(array->slots + from, 0, (capacity_of(array) - from) * sizeof(RtSlot));
}

static void retire(RtThread *t, RtListArray *array)
{
    if (array == NULL) return;
    rt__array_retire(t, &array->capacity, bytes_of(array));
}

RtObject *rt_list_new(RtThread *t, size_t capacity)
{
    RtListArray *array = NULL;
    if (capacity > 0) {
        array = new_array(t, capacity);
        if (array == NULL) return NULL;
        null_slots(array, 0);
    }
    RtList *list = (RtList *)rt__object_new(t, &rt__list_type, sizeof(RtList));
    if (rt_unlikely(list == NULL)) {
        rt__array_drop(t, array);
        return NULL;
    }
    rt_atomic_store_relaxed(&list->array, array);
    set_size_locked(list, 0);
    rt__gc_track(t, &list->base);
    return &list->base;
}

// A value by itself: what other threads do before and after is not ordered with it.
size_t rt_list_size(RtThread *t, RtObject *object)
{
    (void)t;
    return size_of(list_of(object));
}

// ------------------------------------------------------------------ growing

// Makes room for `needed` items. The array grows by half, so that a million appends move
// each item about twice. False with an error: nothing has changed.
static bool reserve_locked_slow(RtThread *t, RtList *list, size_t needed)
{
    size_t size = size_of(list);
    size_t capacity = needed < SIZE_MAX / 2 ? needed + needed / 2 + 3 : needed;
    RtListArray *array = new_array(t, capacity);
    if (array == NULL) return false;
    RtListArray *old = array_of(list);
    if (size > 0) __builtin_memcpy(array->slots, old->slots, size * sizeof(RtSlot));
    null_slots(array, size);
    rt_atomic_store_release(&list->array, array);
    retire(t, old);
    return true;
}

static inline bool reserve_locked(RtThread *t, RtList *list, size_t needed)
{
    if (rt_likely(needed <= capacity_of(array_of(list)))) return true;
    return reserve_locked_slow(t, list, needed);
}

bool rt_list_append(RtThread *t, RtObject *object, RtObject *item)
{
    RtList *list = list_of(object);
    RtHold hold = rt_hold_object(t, object);
    size_t size = size_of(list);
    bool done = reserve_locked(t, list, size + 1);
    if (rt_likely(done)) {
        slot_set(array_of(list), size, rt_new_ref(t, item));
        set_size_locked(list, size + 1);
    }
    rt_let_go(t, hold);
    return done;
}

static bool extend_locked(RtThread *t, RtList *list, RtList *other, size_t times)
{
    size_t size = size_of(list);
    size_t count = size_of(other); // now: the two may be the same list
    size_t more, needed;
    if (count == 0 || times == 0) return true;
    if (__builtin_mul_overflow(count, times, &more) ||
        __builtin_add_overflow(size, more, &needed)) {
        rt_error_set(t, RT_ERROR_MEMORY, "");
        return false;
    }
    if (!reserve_locked(t, list, needed)) return false;
    RtListArray *to = array_of(list);
    RtListArray *from = array_of(other);
    while (size < needed) {
        for (size_t i = 0; i < count; i++)
            slot_set(to, size++, rt_new_ref(t, slot_get(from, i)));
    }
    set_size_locked(list, size);
    return true;
}

// Both lists' sections at once, so that the items are those of one moment.
bool rt__list_repeat(RtThread *t, RtObject *object, RtObject *other, size_t times)
{
    RtSection section;
    rt_lock_objects(t, &section, object, other);
    bool done = extend_locked(t, list_of(object), list_of(other), times);
    rt_unlock_objects(t, &section);
    return done;
}

bool rt_list_extend(RtThread *t, RtObject *object, RtObject *other)
{
    if (rt__is_type(other, &rt__list_type)) return rt__list_repeat(t, object, other, 1);
    rt_error_set(t, RT_ERROR_TYPE, "a list can be extended by a list only");
    return false;
}

// ------------------------------------------------------------------ items

static RtObject *no_item(RtThread *t, const char *message)
{
    rt_error_set(t, RT_ERROR_INDEX, message);
    return NULL;
}

RtObject *rt_list_pop(RtThread *t, RtObject *object)
{
    RtList *list = list_of(object);
    RtObject *item = NULL;
    RtHold hold = rt_hold_object(t, object);
    size_t size = size_of(list);
    if (rt_likely(size > 0)) {
        item = slot_get(array_of(list), size - 1);
        slot_set(array_of(list), size - 1, NULL);
        set_size_locked(list, size - 1);
    }
    rt_let_go(t, hold);
    return rt_likely(item != NULL) ? item : no_item(t, "pop from empty list");
}

// A new reference; NULL: there is no such item, or the reader was disturbed.
static inline RtObject *item_unlocked(RtThread *t, RtList *list, size_t index)
{
    // The size may be another array's. This one says itself how long it is, or, negative, that
    // it is retired; an index below any size is not negative.
    RtListArray *array = rt_atomic_load_acquire(&list->array);
    if (rt_unlikely(array == NULL)) return NULL;
    if (rt_unlikely((int64_t)index >= rt_atomic_load_relaxed(&array->capacity))) return NULL;
    RtObject *item = rt__slot_try_read(t, &array->slots[index]);
    if (rt_likely(item != NULL && array_of(list) == array)) return item;
    rt_decref_null(t, item);
    return NULL;
}

static inline RtObject *item_locked(RtThread *t, RtList *list, size_t index)
{
    RtObject *item = NULL;
    RtHold hold = rt_hold_object(t, &list->base);
    if (rt_likely(index < size_of(list)))
        item = rt__slot_share(t, &array_of(list)->slots[index]);
    rt_let_go(t, hold);
    return item;
}

// The item at `index`, or NULL without an error at the end: that is where the size says, which
// the section would not make any surer. So iterating over a list to its end takes no section.
static inline RtObject *item_or_null(RtThread *t, RtList *list, size_t index)
{
    if (RT_LOCK_ALLOWS_UNLOCKED_READS) {
        if (rt_unlikely(index >= size_of(list))) return NULL;
        RtObject *item = item_unlocked(t, list, index);
        if (rt_likely(item != NULL)) return item;
        rt_account_add(&t->account, reads_locked, 1);
    }
    return item_locked(t, list, index);
}

RtObject *rt__list_item(RtThread *t, RtObject *object, size_t index)
{
    return item_or_null(t, list_of(object), index);
}

RtObject *rt_list_get(RtThread *t, RtObject *object, size_t index)
{
    RtObject *item = item_or_null(t, list_of(object), index);
    return rt_likely(item != NULL) ? item : no_item(t, "list index out of range");
}

bool rt_list_set(RtThread *t, RtObject *object, size_t index, RtObject *item)
{
    RtList *list = list_of(object);
    RtObject *old = NULL;
    RtHold hold = rt_hold_object(t, object);
    if (rt_likely(index < size_of(list))) {
        old = slot_get(array_of(list), index);
        slot_set(array_of(list), index, rt_new_ref(t, item));
    }
    rt_let_go(t, hold);
    if (rt_unlikely(old == NULL)) {
        no_item(t, "list assignment index out of range");
        return false;
    }
    rt_decref(t, old);
    return true;
}

// Drops the items of an array that no list has any more. The last goes first, as in CPython.
static void drop_items(RtThread *t, RtListArray *array)
{
    for (size_t i = capacity_of(array); i-- > 0;)
        rt_decref_null(t, slot_get(array, i));
}

void rt_list_clear(RtThread *t, RtObject *object)
{
    RtList *list = list_of(object);
    RtHold hold = rt_hold_object(t, object);
    RtListArray *array = array_of(list);
    rt_atomic_store_relaxed(&list->array, NULL);
    set_size_locked(list, 0);
    rt_let_go(t, hold);
    drop_items(t, array);
    retire(t, array);
}

// ------------------------------------------------------------------ moving items

// Moves the items from `from` on to where `to` is the first, within the array. A reader that
// meets an item at its old place or at both has a reference to an item of the list all the
// same.
static void move_locked(RtList *list, size_t to, size_t from)
{
    RtListArray *array = array_of(list);
    size_t count = size_of(list) - from;
    for (size_t i = 0; to < from && i < count; i++)
        slot_set(array, to + i, slot_get(array, from + i));
    for (size_t i = count; to > from && i-- > 0;)
        slot_set(array, to + i, slot_get(array, from + i));
}

bool rt__list_insert(RtThread *t, RtObject *object, size_t index, RtObject *item)
{
    RtList *list = list_of(object);
    RtHold hold = rt_hold_object(t, object);
    size_t size = size_of(list);
    if (index > size) index = size;
    bool done = reserve_locked(t, list, size + 1);
    if (done) {
        move_locked(list, index + 1, index);
        slot_set(array_of(list), index, rt_new_ref(t, item));
        set_size_locked(list, size + 1);
    }
    rt_let_go(t, hold);
    return done;
}

RtObject *rt__list_take(RtThread *t, RtObject *object, size_t index)
{
    RtList *list = list_of(object);
    RtObject *item = NULL;
    RtHold hold = rt_hold_object(t, object);
    size_t size = size_of(list);
    if (index < size) {
        item = slot_get(array_of(list), index);
        move_locked(list, index, index + 1);
        slot_set(array_of(list), size - 1, NULL);
        set_size_locked(list, size - 1);
    }
    rt_let_go(t, hold);
    return item;
}

// `removed` gets the references to the items that go. Returns how many those are, or -1.
static int64_t splice_locked(RtThread *t, RtList *list, size_t first, size_t count, RtList *by,
                             RtObject **removed)
{
    size_t size = size_of(list), more = size_of(by);
    if (first > size) first = size;
    if (count > size - first) count = size - first;
    size_t left = size - count + more;
    if (!reserve_locked(t, list, left)) return -1;
    for (size_t i = 0; i < count; i++)
        removed[i] = slot_get(array_of(list), first + i);
    move_locked(list, first + more, first + count);
    for (size_t i = 0; i < more; i++)
        slot_set(array_of(list), first + i, rt_new_ref(t, slot_get(array_of(by), i)));
    for (size_t i = left; i < size; i++)
        slot_set(array_of(list), i, NULL);
    set_size_locked(list, left);
    return (int64_t)count;
}

bool rt__list_splice(RtThread *t, RtObject *object, size_t first, size_t count, RtObject *by)
{
    RtObject **removed = rt__array_new(t, sizeof *removed, count, sizeof *removed);
    if (removed == NULL) return false;
    RtSection section;
    rt_lock_objects(t, &section, object, by);
    int64_t gone = splice_locked(t, list_of(object), first, count, list_of(by), removed);
    rt_unlock_objects(t, &section);
    for (int64_t i = gone; i-- > 0;)
        rt_decref(t, removed[i]);
    rt__array_free(removed);
    return gone >= 0;
}

void rt__list_reverse(RtThread *t, RtObject *object)
{
    RtList *list = list_of(object);
    RtHold hold = rt_hold_object(t, object);
    RtListArray *array = array_of(list);
    for (size_t i = 0, j = size_of(list); i + 1 < j; i++) {
        RtObject *item = slot_get(array, i);
        slot_set(array, i, slot_get(array, --j));
        slot_set(array, j, item);
    }
    rt_let_go(t, hold);
}

// ------------------------------------------------------------------ another order

// What reordering needs, got before anything is touched, so that nothing can fail later.
typedef struct Reordering {
    RtListArray *result; // for the list, once its items are in order
    RtOrdered *items;    // and as much again for scratch
    size_t count;
} Reordering;

static bool prepare(RtThread *t, Reordering *r, size_t count)
{
    r->count = count;
    r->result = new_array(t, count + 1);
    r->items =
        r->result != NULL ? rt__array_new(t, 0, 2 * (count + 1), sizeof *r->items) : NULL;
    if (r->items != NULL) return true;
    rt__array_free(r->result);
    return false;
}

// Moves the list's array out if it has as many items as was prepared for; NULL: another number.
static RtListArray *take_array(RtThread *t, RtList *list, size_t count)
{
    RtListArray *array = NULL;
    RtHold hold = rt_hold_object(t, &list->base);
    if (size_of(list) == count && count > 0) {
        array = array_of(list);
        rt_atomic_store_relaxed(&list->array, NULL);
        rt_atomic_store_relaxed(&list->size, (size_t)0);
    }
    rt_let_go(t, hold);
    return array;
}

// False with an error: the list was given items meanwhile, which are dropped.
static bool put_back(RtThread *t, RtList *list, const Reordering *r)
{
    for (size_t i = 0; i < r->count; i++)
        slot_set(r->result, i, r->items[i].item);
    null_slots(r->result, r->count);
    RtHold hold = rt_hold_object(t, &list->base);
    RtListArray *other = array_of(list);
    rt_atomic_store_release(&list->array, r->result);
    set_size_locked(list, r->count);
    rt_let_go(t, hold);
    if (other == NULL) return true;
    drop_items(t, other);
    retire(t, other);
    if (rt_error_kind(t) == RT_ERROR_NONE)
        rt_error_set(t, RT_ERROR_VALUE, "list modified during sort");
    return false;
}

bool rt__list_reorder(RtThread *t, RtObject *object, RtOrder order, void *argument)
{
    RtList *list = list_of(object);
    Reordering r;
    RtListArray *array = NULL;
    while (array == NULL) {
        if (size_of(list) == 0) return true;
        if (!prepare(t, &r, size_of(list))) return false;
        array = take_array(t, list, r.count);
        if (array != NULL) break;
        rt__array_free(r.result);
        rt__array_free(r.items);
    }
    for (size_t i = 0; i < r.count; i++)
        r.items[i] = (RtOrdered){NULL, slot_get(array, i)};
    retire(t, array);
    bool done = order(t, r.items, r.count, r.items + r.count, argument);
    done = put_back(t, list, &r) && done;
    rt__array_free(r.items);
    return done;
}

// ------------------------------------------------------------------ equality, repr

// A list that another thread changes meanwhile is compared item by item.
//
// Sets *end when either list has no item at `index`.
static int equal_at(RtThread *t, RtObject *a, RtObject *b, size_t index, bool *end)
{
    RtObject *x = item_or_null(t, list_of(a), index);
    RtObject *y = item_or_null(t, list_of(b), index);
    *end = x == NULL || y == NULL;
    int same = *end ? x == y : rt_object_equal(t, x, y);
    rt_decref_null(t, x);
    rt_decref_null(t, y);
    return same;
}

static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    if (size_of(list_of(a)) != size_of(list_of(b))) return 0;
    RtRecursion here;
    if (!rt__recursion_enter(t, &here, a)) return -1;
    int same = 1;
    bool end = false;
    for (size_t i = 0; !end && same == 1; i++)
        same = equal_at(t, a, b, i, &end);
    rt__recursion_leave(t, &here);
    return same;
}

static void add_items(RtBuffer *buffer, RtObject *object)
{
    RtObject *item;
    for (size_t i = 0; (item = item_or_null(buffer->t, list_of(object), i)) != NULL; i++) {
        if (i > 0) rt__buffer_add_text(buffer, ", ");
        rt__buffer_add_repr(buffer, item);
        rt_decref(buffer->t, item);
        if (buffer->failed) return;
    }
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    if (rt__recursion_has(t, object)) return rt_str_new(t, "[...]", 5);
    RtRecursion here;
    if (!rt__recursion_enter(t, &here, object)) return NULL;
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    rt__buffer_add_text(&buffer, "[");
    add_items(&buffer, object);
    rt__buffer_add_text(&buffer, "]");
    rt__recursion_leave(t, &here);
    return rt__buffer_finish(&buffer);
}

// ------------------------------------------------------------------ the rest of the type

static void finish(RtThread *t, RtObject *object)
{
    RtListArray *array = array_of(list_of(object));
    drop_items(t, array);
    rt__array_drop(t, array);
}

static void free_arrays(RtObject *object)
{
    rt__array_free(array_of(list_of(object)));
}

static size_t array_size(RtThread *t, RtObject *object)
{
    RtHold hold = rt_hold_object(t, object);
    RtListArray *array = array_of(list_of(object));
    size_t size = capacity_of(array) * sizeof array->slots[0];
    rt_let_go(t, hold);
    return size;
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    RtListArray *array = array_of(list_of(object));
    RtObject *item;
    for (size_t i = 0; i < capacity_of(array) && (item = slot_get(array, i)) != NULL; i++) {
        int stop = visit(item, argument);
        if (stop != 0) return stop;
    }
    return 0;
}

const RtType rt__list_type = {
    RT_TYPE_BASE,
    .name = "list",
    .slots = &rt__list_slots,
    .finish = finish,
    .free_arrays = free_arrays,
    .array_size = array_size,
    .traverse = traverse,
    .row = {offsetof(RtList, size), offsetof(RtList, array), offsetof(RtListArray, slots)},
    .clear = rt_list_clear,
    .equal = equal,
    .repr = repr,
    .trash_link = offsetof(RtList, size),
};
