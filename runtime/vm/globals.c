// globals.c: names in tables: the module's globals, builtins, and class bodies' namespaces.
//
// A cache remembers in which entry of a table a name was. Entries do not move in a block, and
// a name once deleted is entered elsewhere, so who finds the name in that entry has found it
// (object/table.h says what may be read without the section). That a name is absent is
// remembered by the block, its stamp and how many entries it had: a new name makes one more.
#include "vm/module.h"
#include "vm/operations.h"

// Where threads run at once the value is checked once more after the reference was taken, and
// that the block is the table's still (object/slot.h).
RtObject *rt__table_hinted(RtThread *t, RtTable *table, uint32_t index, RtObject *name)
{
    RtKeys *keys = rt_atomic_load_acquire(&table->keys);
    if (rt_unlikely(index >= rt_atomic_load_acquire(&keys->filled))) return NULL;
    RtEntry *entry = &rt__table_entries(keys)[index];
    if (rt_unlikely(rt__slot_peek(&entry->key) != name)) return NULL;
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS) return rt_new_ref(t, rt__slot_get(&entry->value));
    RtObject *value = rt__slot_try_read(t, &entry->value);
    if (rt_likely(value != NULL && rt__table_keys(table) == keys)) return value;
    rt_decref_null(t, value);
    return NULL;
}

static RtObject *named_locked(RtThread *t, RtObject *owner, RtTable *table, RtObject *name,
                              uint32_t *index)
{
    RtObject *value = NULL;
    RtHold hold = rt_hold_object(t, owner);
    RtPlace place =
        rt__table_find_locked(t, table, name, rt__str_hash(name), RT_MATCH_IDENTITY);
    if (place.entry >= 0) {
        value = rt__table_share_locked(t, table, place, name);
        *index = (uint32_t)place.entry;
    }
    rt_let_go(t, hold);
    return value;
}

// Threads share classes and modules: where they run at once, to take the owner's section each
// time would have each wait for the line with its lock.
RtObject *rt__table_named(RtThread *t, RtObject *owner, RtTable *table, RtObject *name,
                          uint32_t *index)
{
    RtObject *value;
    int64_t entry;
    if (RT_LOCK_ALLOWS_UNLOCKED_READS) {
        if (rt_likely(rt__table_try_find(t, table, name, rt__str_hash(name), RT_MATCH_IDENTITY,
                                         &entry, &value))) {
            *index = (uint32_t)entry;
            return value;
        }
        rt_account_add(&t->account, reads_locked, 1);
    }
    return named_locked(t, owner, table, name, index);
}

// ------------------------------------------------------------------ globals

static void no_name(RtThread *t, RtObject *name)
{
    rt__error_format(t, RT_ERROR_NAME, "name '%s' is not defined",
                     rt_str_bytes_borrowed(name, NULL));
}

// The builtin of a name that the globals do not have. Builtins are immortal and never change,
// so the cache may have the object itself.
static RtObject *load_builtin(RtThread *t, RtObject *name, RtCache *cache, RtKeys *keys,
                              uint32_t filled)
{
    RtObject *value = rt__module_get_borrowed(t, rt__vm(t)->builtins, name);
    if (value == NULL) {
        no_name(t, name);
        return NULL;
    }
    if (rt_ref_is_immortal(&value->ref))
        *cache = (RtCache){.kind = RT_CACHE_CONSTANT,
                           .object = value,
                           .type = (const RtType *)(void *)keys,
                           .epoch = rt__table_stamp(keys),
                           .index = filled};
    return rt_new_ref(t, value);
}

RtObject *rt__load_global(RtThread *t, RtObject *name, RtCache *cache)
{
    RtVm *vm = rt__vm(t);
    RtKeys *keys = rt_atomic_load_acquire(&vm->globals->keys);
    uint32_t filled = rt_atomic_load_acquire(&keys->filled);
    uint32_t index;
    RtObject *value = rt__table_named(t, vm->main_module, vm->globals, name, &index);
    if (value == NULL) return load_builtin(t, name, cache, keys, filled);
    RtObject *immortal = rt_ref_is_immortal(&value->ref) ? value : NULL;
    *cache = (RtCache){.kind = RT_CACHE_TABLE, .object = immortal, .index = index};
    return value;
}

static void not_there(RtThread *t, RtObject *name)
{
    if (rt_error_kind(t) == RT_ERROR_NONE) no_name(t, name);
}

bool rt__store_global(RtThread *t, RtObject *name, RtObject *value)
{
    bool done = rt__module_store(t, rt__vm(t)->main_module, name, value) > 0;
    if (!done) not_there(t, name);
    return done;
}

// ------------------------------------------------------------------ class bodies

static bool is_namespace(RtThread *t, RtObject *object)
{
    if (object != NULL && rt__is_type(object, &rt__dict_type)) return true;
    rt_error_set(t, RT_ERROR_SYSTEM, "a class body without a namespace");
    return false;
}

RtObject *rt__load_name(RtThread *t, RtObject *namespace_, RtObject *name)
{
    if (!is_namespace(t, namespace_)) return NULL;
    int found = rt_dict_contains(t, namespace_, name);
    if (found > 0) return rt_dict_get(t, namespace_, name);
    RtCache unused = {.kind = RT_CACHE_NONE};
    return found < 0 ? NULL : rt__load_global(t, name, &unused);
}

bool rt__store_name(RtThread *t, RtObject *namespace_, RtObject *name, RtObject *value)
{
    if (!is_namespace(t, namespace_)) return false;
    if (value != NULL) return rt_dict_set(t, namespace_, name, value);
    if (rt_dict_contains(t, namespace_, name) > 0) return rt_dict_delete(t, namespace_, name);
    no_name(t, name);
    return false;
}
