// instance.c: bags of attributes.
//
// An instance has a table of its own, in its body: an attribute access probes once, in one
// section, or without it (object/table.h). All names in it are interned strings, so keys are
// compared by identity; a name that is not interned yet is interned first, outside the section.
#include "object/intern.h"
#include "object/table.h"
#include "object/track.h"
#include "object/value.h"

// `table.used` is the trash list's link (object/table.h).
typedef struct RtInstance {
    RtObject base;
    RtTable table; // guarded by the instance's section
} RtInstance;

static inline RtTable *table_of(RtObject *object)
{
    RT_ASSERT(object->type == &rt__instance_type);
    return &((RtInstance *)object)->table;
}

RtObject *rt_instance_new(RtThread *t)
{
    RtInstance *instance =
        (RtInstance *)rt__object_new(t, &rt__instance_type, sizeof(RtInstance));
    if (rt_unlikely(instance == NULL)) return NULL;
    rt__table_init(&instance->table);
    rt__gc_track(t, &instance->base);
    return &instance->base;
}

// ------------------------------------------------------------------ attributes

// The interned string of a name, which lives as long as the runtime; NULL with an error.
static inline RtObject *interned_borrowed(RtThread *t, RtObject *name)
{
    if (rt_likely(rt__is_type(name, &rt__str_type))) return rt__intern_str(t, name);
    rt_error_set(t, RT_ERROR_TYPE, "an attribute's name is a str");
    return NULL;
}

static void no_attribute(RtThread *t)
{
    rt_error_set(t, RT_ERROR_ATTRIBUTE, "no such attribute");
}

static inline RtObject *look_up_locked(RtThread *t, RtObject *instance, RtObject *name,
                                       int64_t hash)
{
    RtTable *table = table_of(instance);
    RtObject *value = NULL;
    RtHold hold = rt_hold_object(t, instance);
    RtPlace place = rt__table_find_locked(t, table, name, hash, RT_MATCH_IDENTITY);
    if (rt_likely(place.entry >= 0)) value = rt__table_share_locked(t, table, place, name);
    rt_let_go(t, hold);
    return value;
}

// The value, or NULL: the attribute is absent.
static inline RtObject *look_up(RtThread *t, RtObject *instance, RtObject *name)
{
    int64_t hash = rt__str_hash(name);
    if (RT_LOCK_ALLOWS_UNLOCKED_READS) {
        RtTable *table = table_of(instance);
        RtObject *value;
        if (rt_likely(rt__table_try_get(t, table, name, hash, RT_MATCH_IDENTITY, &value)))
            return value;
        rt_account_add(&t->account, reads_locked, 1);
    }
    return look_up_locked(t, instance, name, hash);
}

RtObject *rt_instance_get(RtThread *t, RtObject *instance, RtObject *name)
{
    name = interned_borrowed(t, name);
    if (rt_unlikely(name == NULL)) return NULL;
    RtObject *value = look_up(t, instance, name);
    if (rt_unlikely(value == NULL)) no_attribute(t);
    return value;
}

bool rt_instance_set(RtThread *t, RtObject *instance, RtObject *name, RtObject *value)
{
    name = interned_borrowed(t, name);
    if (rt_unlikely(name == NULL)) return false;
    int64_t hash = rt__str_hash(name);
    RtObject *old = NULL;
    RtHold hold = rt_hold_object(t, instance);
    bool done =
        rt__table_set_locked(t, table_of(instance), name, hash, RT_MATCH_IDENTITY, value, &old);
    rt_let_go(t, hold);
    rt_decref_null(t, old);
    return done;
}

bool rt_instance_delete(RtThread *t, RtObject *instance, RtObject *name)
{
    RtTable *table = table_of(instance);
    name = interned_borrowed(t, name);
    if (rt_unlikely(name == NULL)) return false;
    int64_t hash = rt__str_hash(name);
    RtObject *old_key = NULL;
    RtObject *old_value = NULL;
    RtHold hold = rt_hold_object(t, instance);
    RtPlace place = rt__table_find_locked(t, table, name, hash, RT_MATCH_IDENTITY);
    if (place.entry >= 0) rt__table_remove_locked(table, place, &old_key, &old_value);
    rt_let_go(t, hold);
    if (place.entry < 0) no_attribute(t);
    rt_decref_null(t, old_key);
    rt_decref_null(t, old_value);
    return place.entry >= 0;
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

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    return rt__table_traverse(table_of(object), visit, argument);
}

static void clear(RtThread *t, RtObject *object)
{
    RtHold hold = rt_hold_object(t, object);
    RtKeys *keys = rt__table_take_locked(table_of(object));
    rt_let_go(t, hold);
    rt__table_drop(t, keys);
}

const RtType rt__instance_type = {
    RT_TYPE_BASE,
    .name = "instance",
    .finish = finish,
    .free_arrays = free_arrays,
    .traverse = traverse,
    .clear = clear,
    .hash = rt__identity_hash,
    .trash_link = offsetof(RtInstance, table.used),
};
