// tuple.c: a fixed number of references.
#include "object/format.h"
#include "object/recursion.h"
#include "object/slots.h"
#include "object/track.h"
#include "object/tuple.h"
#include "object/value.h"
#include "rt_inline.h"

_Static_assert(sizeof(int64_t) == sizeof(void *), "the hash's word holds the trash link");

static RtTuple *tuple_of(const RtObject *object)
{
    RT_ASSERT(object->type == &rt__tuple_type);
    return (RtTuple *)(uintptr_t)object;
}

RtObject *rt_tuple_new(RtThread *t, size_t size)
{
    size_t needed;
    if (__builtin_mul_overflow(size, sizeof(RtObject *), &needed) ||
        __builtin_add_overflow(needed, sizeof(RtTuple), &needed)) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    RtTuple *tuple = (RtTuple *)rt__object_new(t, &rt__tuple_type, needed);
    if (rt_unlikely(tuple == NULL)) return NULL;
    rt_atomic_store_relaxed(&tuple->hash, (int64_t)0);
    tuple->size = size;
    for (size_t i = 0; i < size; i++)
        tuple->items[i] = NULL;
    rt__gc_track(t, &tuple->base);
    return &tuple->base;
}

void rt_tuple_set_steal(RtObject *object, size_t index, RtObject *item)
{
    RtTuple *tuple = tuple_of(object);
    RT_ASSERT(index < tuple->size && tuple->items[index] == NULL);
    tuple->items[index] = item;
}

RtObject *rt__tuple_pair_steal(RtThread *t, RtObject *first, RtObject *second)
{
    RtObject *pair = first != NULL && second != NULL ? rt_tuple_new(t, 2) : NULL;
    if (pair == NULL) {
        rt_decref_null(t, first);
        rt_decref_null(t, second);
        return NULL;
    }
    rt_tuple_set_steal(pair, 0, first);
    rt_tuple_set_steal(pair, 1, second);
    return pair;
}

RtObject *rt_tuple_get(RtThread *t, RtObject *object, size_t index)
{
    RtTuple *tuple = tuple_of(object);
    if (rt_unlikely(index >= tuple->size)) {
        rt_error_set(t, RT_ERROR_INDEX, "tuple index out of range");
        return NULL;
    }
    return rt_new_ref(t, tuple->items[index]);
}

size_t rt_tuple_size(const RtObject *object)
{
    return tuple_of(object)->size;
}

// ------------------------------------------------------------------ hash, equality

static uint64_t rotate(uint64_t value, unsigned count)
{
    return value << count | value >> (64 - count);
}

// CPython's since 3.8: xxHash's accumulator, a lane for each item.
static int64_t combine(RtThread *t, RtTuple *tuple)
{
    const uint64_t prime_1 = 11400714785074694791ull;
    const uint64_t prime_2 = 14029467366897019727ull;
    const uint64_t prime_5 = 2870177450012600261ull;
    uint64_t state = prime_5;
    for (size_t i = 0; i < tuple->size; i++) {
        int64_t lane = rt__value_hash(t, tuple->items[i]);
        if (lane == -1) return -1;
        state = rotate(state + (uint64_t)lane * prime_2, 31) * prime_1;
    }
    state += tuple->size ^ (prime_5 ^ 3527539ull);
    int64_t hash = (int64_t)state;
    return hash == 0 || hash == -1 ? 1546275796 : hash;
}

static int64_t hash(RtThread *t, RtObject *object)
{
    RtTuple *tuple = tuple_of(object);
    int64_t cached = rt_atomic_load_relaxed(&tuple->hash);
    if (cached != 0) return cached;
    RtRecursion here;
    if (!rt__recursion_enter(t, &here, object)) return -1;
    int64_t computed = combine(t, tuple);
    rt__recursion_leave(t, &here);
    if (computed != -1) rt_atomic_store_relaxed(&tuple->hash, computed);
    return computed;
}

static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    RtTuple *x = tuple_of(a);
    RtTuple *y = tuple_of(b);
    if (x->size != y->size) return 0;
    RtRecursion here;
    if (!rt__recursion_enter(t, &here, a)) return -1;
    int same = 1;
    for (size_t i = 0; i < x->size && same == 1; i++)
        same = rt_object_equal(t, x->items[i], y->items[i]);
    rt__recursion_leave(t, &here);
    return same;
}

// ------------------------------------------------------------------ the rest of the type

static void add_items(RtBuffer *buffer, RtTuple *tuple)
{
    for (size_t i = 0; i < tuple->size; i++) {
        if (i > 0) rt__buffer_add_text(buffer, ", ");
        rt__buffer_add_repr(buffer, tuple->items[i]);
    }
    if (tuple->size == 1) rt__buffer_add_text(buffer, ",");
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    if (rt__recursion_has(t, object)) return rt_str_new(t, "(...)", 5);
    RtRecursion here;
    if (!rt__recursion_enter(t, &here, object)) return NULL;
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    rt__buffer_add_text(&buffer, "(");
    add_items(&buffer, tuple_of(object));
    rt__buffer_add_text(&buffer, ")");
    rt__recursion_leave(t, &here);
    return rt__buffer_finish(&buffer);
}

// A tuple may die before all its items are set. The last goes first, as in CPython.
static void finish(RtThread *t, RtObject *object)
{
    RtTuple *tuple = tuple_of(object);
    for (size_t i = tuple->size; i-- > 0;)
        rt_decref_null(t, tuple->items[i]);
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    RtTuple *tuple = tuple_of(object);
    for (size_t i = 0; i < tuple->size; i++) {
        if (tuple->items[i] == NULL) continue;
        int stop = visit(tuple->items[i], argument);
        if (stop != 0) return stop;
    }
    return 0;
}

// No `clear`: tuples are immutable, and a cycle through one is broken elsewhere.
const RtType rt__tuple_type = {
    RT_TYPE_BASE,
    .name = "tuple",
    .slots = &rt__tuple_slots,
    .finish = finish,
    .traverse = traverse,
    .row = {offsetof(RtTuple, size), 0, offsetof(RtTuple, items)},
    .hash = hash,
    .equal = equal,
    .repr = repr,
    .trash_link = offsetof(RtTuple, hash),
};
