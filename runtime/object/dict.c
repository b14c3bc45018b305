// dict.c: mappings by hash, in insertion order.
//
// Every function that changes a dict takes its critical section; a key is looked up without it
// where the lock policy allows that (object/table.h), and the size is one word and read by
// itself. Hashes are computed before the section; references that a dict loses are dropped
// after it, because a destruction may run anything.
#include "object/dict.h"

#include "object/format.h"
#include "object/recursion.h"
#include "object/slots.h"
#include "object/table.h"
#include "object/track.h"
#include "object/value.h"

// `table.used` is the trash list's link (object/table.h).

static inline RtTable *table_of(RtObject *object)
{
    RT_ASSERT(object->type == &rt__dict_type || object->type->parent == &rt__dict_type);
    return &((RtDict *)object)->table;
}

static RtObject *no_key(RtThread *t)
{
    rt_error_set(t, RT_ERROR_KEY, "key not found");
    return NULL;
}

RtObject *rt_dict_new(RtThread *t)
{
    RtDict *dict = (RtDict *)rt__object_new(t, &rt__dict_type, sizeof(RtDict));
    if (rt_unlikely(dict == NULL)) return NULL;
    rt__table_init(&dict->table);
    rt__gc_track(t, &dict->base);
    return &dict->base;
}

// A value by itself: what other threads do before and after is not ordered with it.
size_t rt_dict_size(RtThread *t, RtObject *dict)
{
    (void)t;
    return rt__table_used(table_of(dict));
}

// ------------------------------------------------------------------ one key

// The value, or NULL: with *failed when comparing failed, without when the key is absent.
static inline RtObject *look_up_locked(RtThread *t, RtObject *dict, RtObject *key, int64_t hash,
                                       bool *failed)
{
    RtTable *table = table_of(dict);
    RtObject *value = NULL;
    RtSection section;
    rt_lock_object(t, &section, dict);
    RtPlace place = rt__table_find_locked(t, table, key, hash, RT_MATCH_EQUAL);
    if (place.entry >= 0) value = rt__table_share_locked(t, table, place, key);
    rt_unlock_object(t, &section);
    *failed = place.entry == RT_TABLE_FAILED;
    return value;
}

static inline RtObject *look_up(RtThread *t, RtObject *dict, RtObject *key, int64_t hash,
                                bool *failed)
{
    *failed = false;
    if (RT_LOCK_ALLOWS_UNLOCKED_READS) {
        RtObject *value;
        if (rt_likely(rt__table_try_get(t, table_of(dict), key, hash, RT_MATCH_EQUAL, &value)))
            return value;
        rt_account_add(&t->account, reads_locked, 1);
    }
    return look_up_locked(t, dict, key, hash, failed);
}

RtObject *rt_dict_get(RtThread *t, RtObject *dict, RtObject *key)
{
    int64_t hash = rt__value_hash(t, key);
    if (rt_unlikely(hash == -1)) return NULL;
    bool failed;
    RtObject *value = look_up(t, dict, key, hash, &failed);
    if (rt_likely(value != NULL) || failed) return value;
    return no_key(t);
}

int rt_dict_contains(RtThread *t, RtObject *dict, RtObject *key)
{
    int64_t hash = rt__value_hash(t, key);
    if (rt_unlikely(hash == -1)) return -1;
    if (RT_LOCK_ALLOWS_UNLOCKED_READS) {
        int found = rt__table_try_contains(t, table_of(dict), key, hash, RT_MATCH_EQUAL);
        if (rt_likely(found >= 0)) return found;
        rt_account_add(&t->account, reads_locked, 1);
    }
    RtSection section;
    rt_lock_object(t, &section, dict);
    RtPlace place = rt__table_find_locked(t, table_of(dict), key, hash, RT_MATCH_EQUAL);
    if (place.entry >= 0) rt__table_share_key_locked(table_of(dict), place, key);
    rt_unlock_object(t, &section);
    return place.entry == RT_TABLE_FAILED ? -1 : place.entry >= 0;
}

bool rt_dict_set(RtThread *t, RtObject *dict, RtObject *key, RtObject *value)
{
    int64_t hash = rt__value_hash(t, key);
    if (rt_unlikely(hash == -1)) return false;
    RtObject *old = NULL;
    RtSection section;
    rt_lock_object(t, &section, dict);
    bool done = rt__table_set_locked(t, table_of(dict), key, hash, RT_MATCH_EQUAL, value, &old);
    rt_unlock_object(t, &section);
    rt_decref_null(t, old);
    return done;
}

RtObject *rt_dict_setdefault(RtThread *t, RtObject *dict, RtObject *key, RtObject *value)
{
    RtTable *table = table_of(dict);
    int64_t hash = rt__value_hash(t, key);
    if (rt_unlikely(hash == -1)) return NULL;
    RtObject *result = NULL;
    RtSection section;
    rt_lock_object(t, &section, dict);
    RtPlace place = rt__table_find_locked(t, table, key, hash, RT_MATCH_EQUAL);
    if (place.entry >= 0)
        result = rt__table_share_locked(t, table, place, key);
    else if (place.entry == RT_TABLE_ABSENT &&
             rt__table_insert_locked(t, table, place, key, hash, value))
        result = rt_new_ref(t, value);
    rt_unlock_object(t, &section);
    return result;
}

bool rt_dict_delete(RtThread *t, RtObject *dict, RtObject *key)
{
    RtTable *table = table_of(dict);
    int64_t hash = rt__value_hash(t, key);
    if (rt_unlikely(hash == -1)) return false;
    RtObject *old_key = NULL;
    RtObject *old_value = NULL;
    RtSection section;
    rt_lock_object(t, &section, dict);
    RtPlace place = rt__table_find_locked(t, table, key, hash, RT_MATCH_EQUAL);
    if (place.entry >= 0) rt__table_remove_locked(table, place, &old_key, &old_value);
    rt_unlock_object(t, &section);
    if (place.entry == RT_TABLE_ABSENT) no_key(t);
    rt_decref_null(t, old_key);
    rt_decref_null(t, old_value);
    return place.entry >= 0;
}

RtObject *rt__dict_take(RtThread *t, RtObject *dict, RtObject *key)
{
    int64_t hash = rt__value_hash(t, key);
    if (rt_unlikely(hash == -1)) return NULL;
    RtObject *old_key = NULL, *value = NULL;
    RtSection section;
    rt_lock_object(t, &section, dict);
    RtPlace place = rt__table_find_locked(t, table_of(dict), key, hash, RT_MATCH_EQUAL);
    if (place.entry >= 0) rt__table_remove_locked(table_of(dict), place, &old_key, &value);
    rt_unlock_object(t, &section);
    rt_decref_null(t, old_key);
    return value;
}

// ------------------------------------------------------------------ all keys

void rt_dict_clear(RtThread *t, RtObject *dict)
{
    RtHold hold = rt_hold_object(t, dict);
    RtKeys *keys = rt__table_take_locked(table_of(dict));
    rt_let_go(t, hold);
    rt__table_drop(t, keys);
}

bool rt_dict_next(RtThread *t, RtObject *dict, size_t *position, RtObject **key,
                  RtObject **value)
{
    RtHold hold = rt_hold_object(t, dict);
    RtEntry *entry = rt__table_next_locked(table_of(dict), position);
    if (entry != NULL && key != NULL) *key = rt_new_ref(t, rt__slot_get(&entry->key));
    if (entry != NULL && value != NULL) *value = rt_new_ref(t, rt__slot_get(&entry->value));
    bool found = entry != NULL;
    rt_let_go(t, hold);
    return found;
}

bool rt__dict_previous(RtThread *t, RtObject *dict, size_t *position, RtObject **key,
                       RtObject **value)
{
    RtHold hold = rt_hold_object(t, dict);
    RtEntry *entry = rt__table_previous_locked(table_of(dict), position);
    if (entry != NULL) {
        *key = rt_new_ref(t, rt__slot_get(&entry->key));
        *value = rt_new_ref(t, rt__slot_get(&entry->value));
    }
    rt_let_go(t, hold);
    return entry != NULL;
}

bool rt__dict_take_last(RtThread *t, RtObject *dict, RtObject **key, RtObject **value)
{
    size_t position = SIZE_MAX;
    RtHold hold = rt_hold_object(t, dict);
    RtEntry *entry = rt__table_previous_locked(table_of(dict), &position);
    if (entry != NULL) rt__table_remove_entry_locked(t, table_of(dict), entry, key, value);
    rt_let_go(t, hold);
    return entry != NULL;
}

// ------------------------------------------------------------------ equality, repr

// Whether `other` has an equal value at `key`: 1, 0, -1.
static int equal_at(RtThread *t, RtObject *other, RtObject *key, RtObject *value)
{
    int64_t hash = rt__value_hash(t, key);
    if (hash == -1) return -1;
    bool failed;
    RtObject *found = look_up(t, other, key, hash, &failed);
    if (found == NULL) return failed ? -1 : 0;
    int same = rt_object_equal(t, value, found);
    rt_decref(t, found);
    return same;
}

static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    if (rt_dict_size(t, a) != rt_dict_size(t, b)) return 0;
    RtRecursion here;
    if (!rt__recursion_enter(t, &here, a)) return -1;
    RtObject *key, *value;
    int same = 1;
    for (size_t position = 0; same == 1 && rt_dict_next(t, a, &position, &key, &value);) {
        same = equal_at(t, b, key, value);
        rt_decref(t, key);
        rt_decref(t, value);
    }
    rt__recursion_leave(t, &here);
    return same;
}

static void add_entries(RtBuffer *buffer, RtObject *dict)
{
    RtObject *key, *value;
    const char *separator = "";
    for (size_t position = 0; rt_dict_next(buffer->t, dict, &position, &key, &value);) {
        rt__buffer_add_text(buffer, separator);
        rt__buffer_add_repr(buffer, key);
        rt__buffer_add_text(buffer, ": ");
        rt__buffer_add_repr(buffer, value);
        rt_decref(buffer->t, key);
        rt_decref(buffer->t, value);
        separator = ", ";
        if (buffer->failed) return;
    }
}

static RtObject *repr(RtThread *t, RtObject *dict)
{
    if (rt__recursion_has(t, dict)) return rt_str_new(t, "{...}", 5);
    RtRecursion here;
    if (!rt__recursion_enter(t, &here, dict)) return NULL;
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    rt__buffer_add_text(&buffer, "{");
    add_entries(&buffer, dict);
    rt__buffer_add_text(&buffer, "}");
    rt__recursion_leave(t, &here);
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

const RtType rt__dict_type = {
    RT_TYPE_BASE,
    .name = "dict",
    .slots = &rt__dict_slots,
    .finish = finish,
    .free_arrays = free_arrays,
    .array_size = array_size,
    .traverse = traverse,
    .clear = rt_dict_clear,
    .equal = equal,
    .repr = repr,
    .trash_link = offsetof(RtDict, table.used),
};
