// module.c: modules, and importing them.
#include "vm/module.h"

#include <string.h>

#include "object/format.h"
#include "object/value.h"
#include "vm/operations.h"

static void enter(RtVm *vm, RtModule *module)
{
    rt_mutex_lock(&vm->made_lock);
    module->older = vm->newest_module;
    vm->newest_module = module;
    rt_mutex_unlock(&vm->made_lock);
}

RtObject *rt__module_new(RtThread *t, const char *name)
{
    RtObject *text = rt_str_intern(t, name, strlen(name));
    if (text == NULL) return NULL;
    RtModule *module = (RtModule *)rt__object_new(t, &rt__module_type, sizeof(RtModule));
    if (module == NULL) return NULL;
    module->name = text;
    rt__table_init(&module->table);
    rt_ref_make_immortal(&module->base.ref);
    enter(rt__vm(t), module);
    if (!rt__module_set(t, &module->base, "__name__", text)) return NULL;
    return &module->base;
}

RtObject *rt__module_get_borrowed(RtThread *t, RtObject *module, RtObject *name)
{
    uint32_t index;
    RtObject *value = rt__table_named(t, module, rt__module_table(module), name, &index);
    rt_decref_null(t, value); // the module has another reference, and keeps it
    return value;
}

int rt__module_store(RtThread *t, RtObject *module, RtObject *name, RtObject *value)
{
    RtTable *table = rt__module_table(module);
    int64_t hash = rt__str_hash(name);
    RtObject *old_key = NULL, *old = NULL;
    RtHold hold = rt_hold_object(t, module);
    RtPlace place = rt__table_find_locked(t, table, name, hash, RT_MATCH_IDENTITY);
    int done = place.entry >= 0;
    if (value != NULL)
        done = rt__table_set_locked(t, table, name, hash, RT_MATCH_IDENTITY, value, &old) ? 1
                                                                                           : -1;
    else if (done)
        rt__table_remove_locked(table, place, &old_key, &old);
    rt_let_go(t, hold);
    rt_decref_null(t, old_key);
    rt_decref_null(t, old);
    return done;
}

bool rt__module_set(RtThread *t, RtObject *module, const char *name, RtObject *value)
{
    RtObject *text = rt_str_intern(t, name, strlen(name));
    return text != NULL && rt__module_store(t, module, text, value) > 0;
}

bool rt__module_set_steal(RtThread *t, RtObject *module, const char *name, RtObject *value)
{
    bool done = value != NULL && rt__module_set(t, module, name, value);
    rt_decref_null(t, value);
    return done;
}

bool rt__module_add_builtins(RtThread *t, RtObject *module, const RtBuiltin *table)
{
    for (; table->name != NULL; table++) {
        const char *dot = strrchr(table->name, '.');
        const char *name = dot != NULL ? dot + 1 : table->name;
        if (!rt__module_set(t, module, name, (RtObject *)(uintptr_t)&table->base)) return false;
    }
    return true;
}

// ------------------------------------------------------------------ importing

static const RtModuleRow *find_row(RtThread *t, const char *name)
{
    const RtModuleRow *row = rt__vm(t)->module_rows;
    while (row != NULL && row->name != NULL && strcmp(row->name, name) != 0)
        row++;
    return row != NULL && row->name != NULL ? row : NULL;
}

static RtObject *not_found(RtThread *t, RtObject *name)
{
    RtObject *text =
        rt__format(t, "No module named '%s'", rt_str_bytes_borrowed(name, NULL));
    if (text == NULL) return NULL;
    rt__raise(t, rt__vm(t)->module_not_found, rt_str_bytes_borrowed(text, NULL));
    rt_decref(t, text);
    return NULL;
}

// Two threads may both make a module; the first to enter it wins, and the other's, which is
// immortal, stays unused.
static RtObject *make(RtThread *t, RtObject *name)
{
    const RtModuleRow *row = find_row(t, rt_str_bytes_borrowed(name, NULL));
    if (row == NULL) return not_found(t, name);
    RtObject *module = rt__module_new(t, row->name);
    if (module == NULL || !row->fill(t, module)) return NULL;
    return rt_dict_setdefault(t, rt__vm(t)->modules, name, module);
}

RtObject *rt__import(RtThread *t, RtObject *name)
{
    RtObject *modules = rt__vm(t)->modules;
    int found = rt_dict_contains(t, modules, name);
    if (found < 0) return NULL;
    return found > 0 ? rt_dict_get(t, modules, name) : make(t, name);
}

RtObject *rt__import_from(RtThread *t, RtObject *module, RtObject *name)
{
    RtObject *value = NULL;
    int found = rt__find_attr(t, module, name, &value);
    if (found == 0) {
        RtObject *own = rt__get_attr(t, module, rt__name(t, RT_NAME_name));
        if (own == NULL) return NULL;
        rt__error_format(t, RT_ERROR_IMPORT, "cannot import name '%s' from '%s' (unknown location)",
                         rt_str_bytes_borrowed(name, NULL),
                         rt_str_check(own) ? rt_str_bytes_borrowed(own, NULL) : "?");
        rt_decref(t, own);
    }
    return value;
}

// ------------------------------------------------------------------ the type

static RtObject *get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    uint32_t index;
    return rt__table_named(t, object, rt__module_table(object), name, &index);
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    return rt__format(t, "<module '%s'>",
                      rt_str_bytes_borrowed(((RtModule *)object)->name, NULL));
}

static void free_arrays(RtObject *object)
{
    rt__table_free_arrays(rt__module_table(object));
}

static const RtSlots slots = {.get_attr = get_attr, .set_attr = rt__module_store};

const RtType rt__module_type = {
    RT_TYPE_BASE,
    .name = "module",
    .slots = &slots,
    .free_arrays = free_arrays,
    .hash = rt__identity_hash,
    .repr = repr,
};
