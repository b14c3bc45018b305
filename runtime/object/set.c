// set.c: sets: tables without values.
#include "object/set.h"

#include "object/format.h"
#include "object/slots.h"
#include "object/track.h"
#include "object/value.h"

static inline RtTable *table_of(RtObject *object)
{
    return &((RtSet *)object)->table;
}

RtObject *rt__set_new(RtThread *t)
{
    RtSet *set = (RtSet *)rt__object_new(t, &rt__set_type, sizeof(RtSet));
    if (rt_unlikely(set == NULL)) return NULL;
    rt__table_init(&set->table);
    rt__gc_track(t, &set->base);
    return &set->base;
}

size_t rt__set_size(RtObject *set)
{
    return rt__table_used(table_of(set));
}

// The key that is there stays, as in CPython.
bool rt__set_add(RtThread *t, RtObject *set, RtObject *item)
{
    RtTable *table = table_of(set);
    int64_t hash = rt__value_hash(t, item);
    if (rt_unlikely(hash == -1)) return false;
    RtSection section;
    rt_lock_object(t, &section, set);
    RtPlace place = rt__table_find_locked(t, table, item, hash, RT_MATCH_EQUAL);
    bool done = place.entry >= 0;
    if (place.entry == RT_TABLE_ABSENT)
        done = rt__table_insert_locked(t, table, place, item, hash, rt_none());
    rt_unlock_object(t, &section);
    return done;
}

int rt__set_contains(RtThread *t, RtObject *set, RtObject *item)
{
    int64_t hash = rt__value_hash(t, item);
    if (rt_unlikely(hash == -1)) return -1;
    RtSection section;
    rt_lock_object(t, &section, set);
    RtPlace place = rt__table_find_locked(t, table_of(set), item, hash, RT_MATCH_EQUAL);
    rt_unlock_object(t, &section);
    return place.entry == RT_TABLE_FAILED ? -1 : place.entry >= 0;
}

int rt__set_discard(RtThread *t, RtObject *set, RtObject *item)
{
    int64_t hash = rt__value_hash(t, item);
    if (rt_unlikely(hash == -1)) return -1;
    RtObject *old = NULL, *none = NULL;
    RtSection section;
    rt_lock_object(t, &section, set);
    RtPlace place = rt__table_find_locked(t, table_of(set), item, hash, RT_MATCH_EQUAL);
    if (place.entry >= 0) rt__table_remove_locked(table_of(set), place, &old, &none);
    rt_unlock_object(t, &section);
    rt_decref_null(t, old);
    return place.entry == RT_TABLE_FAILED ? -1 : place.entry >= 0;
}

RtObject *rt__set_take(RtThread *t, RtObject *set)
{
    size_t position = SIZE_MAX;
    RtObject *item = NULL, *none = NULL;
    RtHold hold = rt_hold_object(t, set);
    RtEntry *entry = rt__table_previous_locked(table_of(set), &position);
    if (entry != NULL) rt__table_remove_entry_locked(t, table_of(set), entry, &item, &none);
    rt_let_go(t, hold);
    return item;
}

RtObject *rt__set_next(RtThread *t, RtObject *set, size_t *position)
{
    RtHold hold = rt_hold_object(t, set);
    RtEntry *entry = rt__table_next_locked(table_of(set), position);
    RtObject *item = entry != NULL ? rt_new_ref(t, rt__slot_get(&entry->key)) : NULL;
    rt_let_go(t, hold);
    return item;
}

void rt__set_clear(RtThread *t, RtObject *set)
{
    RtHold hold = rt_hold_object(t, set);
    RtKeys *keys = rt__table_take_locked(table_of(set));
    rt_let_go(t, hold);
    rt__table_drop(t, keys);
}

// ------------------------------------------------------------------ equality, repr

static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    if (rt__set_size(a) != rt__set_size(b)) return 0;
    RtObject *item;
    int found = 1;
    for (size_t position = 0; found == 1 && (item = rt__set_next(t, a, &position)) != NULL;) {
        found = rt__set_contains(t, b, item);
        rt_decref(t, item);
    }
    return found;
}

// What is hashable leads back to the set by way of a program's own __repr__ only, and those are
// bounded by the interpreter.
static RtObject *repr(RtThread *t, RtObject *set)
{
    RtObject *item;
    const char *separator = "{";
    if (rt__set_size(set) == 0) return rt_str_new(t, "set()", 5);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    for (size_t position = 0; (item = rt__set_next(t, set, &position)) != NULL;) {
        rt__buffer_add_text(&buffer, separator);
        rt__buffer_add_repr(&buffer, item);
        rt_decref(t, item);
        separator = ", ";
    }
    rt__buffer_add_text(&buffer, "}");
    return rt__buffer_finish(&buffer);
}

// ------------------------------------------------------------------ the rest of the type

static void finish(RtThread *t, RtObject *object)
{
    rt__table_finish(t, table_of(object));
}

static void free_arrays(RtObject *object)
{
    rt__table_free_arrays(table_of(object));
}

static size_t array_size(RtThread *t, RtObject *object)
{
    return rt__table_array_size(t, object, table_of(object));
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    return rt__table_traverse(table_of(object), visit, argument);
}

const RtType rt__set_type = {
    RT_TYPE_BASE,
    .name = "set",
    .slots = &rt__set_slots,
    .finish = finish,
    .free_arrays = free_arrays,
    .array_size = array_size,
    .traverse = traverse,
    .clear = rt__set_clear,
    .equal = equal,
    .repr = repr,
    .trash_link = offsetof(RtSet, table.used),
};
