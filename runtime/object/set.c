// set.c: sets: tables without values.
#include "object/set.h"

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

static int64_t length(RtThread *t, RtObject *object)
{
    (void)t;
    return (int64_t)rt__set_size(object);
}

static void finish(RtThread *t, RtObject *object)
{
    rt__table_finish(t, table_of(object));
}

static void free_arrays(RtObject *object)
{
    rt__table_free_arrays(table_of(object));
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    return rt__table_traverse(table_of(object), visit, argument);
}

static void clear(RtThread *t, RtObject *object)
{
    RtSection section;
    rt_lock_object(t, &section, object);
    RtKeys *keys = rt__table_take_locked(table_of(object));
    rt_unlock_object(t, &section);
    rt__table_drop(t, keys);
}

static const RtSlots slots = {.contains = rt__set_contains, .length = length};

const RtType rt__set_type = {
    RT_TYPE_BASE,
    .name = "set",
    .slots = &slots,
    .finish = finish,
    .free_arrays = free_arrays,
    .traverse = traverse,
    .clear = clear,
    .trash_link = offsetof(RtSet, table.used),
};
