// attributes.c: reading and setting attributes, with what a thread remembers of each place.
//
// An attribute is looked for in the object itself, then on its type and what that is derived
// from; a function found there becomes a method of the object. A property cannot be hidden by
// the object's own attribute, because setting that asks the type first.
#include "base/scatter.h"
#include "object/format.h"
#include "vm/descriptor.h"
#include "vm/module.h"
#include "vm/operations.h"

#include <string.h>

static uint64_t epoch(RtThread *t)
{
    return rt_atomic_load_acquire(&rt__vm(t)->epoch);
}

static const char *bytes(RtObject *name)
{
    return rt_str_bytes_borrowed(name, NULL);
}

static void no_attribute(RtThread *t, RtObject *object, RtObject *name)
{
    if (rt_error_kind(t) != RT_ERROR_NONE) return;
    if (rt__is_class(object))
        rt__error_format(t, RT_ERROR_ATTRIBUTE, "type object '%s' has no attribute '%s'",
                         rt__type_of_class(object)->name, bytes(name));
    else if (object->type == &rt__module_type)
        rt__error_format(t, RT_ERROR_ATTRIBUTE, "module '%s' has no attribute '%s'",
                         bytes(((RtModule *)object)->name), bytes(name));
    else
        rt__error_format(t, RT_ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'",
                         object->type->name, bytes(name));
}

// ------------------------------------------------------------------ reading

static RtObject *own_attr(RtThread *t, RtObject *object, RtObject *name)
{
    const RtSlots *slots = object->type->slots;
    if (slots == NULL || slots->get_attr == NULL) return NULL;
    return slots->get_attr(t, object, name);
}

static bool is_programs(const RtType *type)
{
    return type->is_class && !rt__class_of_type(type)->is_builtin;
}

// Names of native types have their module's in front, if that is not builtins: "queue.Full".
static RtObject *last_part(RtThread *t, const char *whole)
{
    const char *dot = strrchr(whole, '.');
    const char *name = dot != NULL ? dot + 1 : whole;
    return rt_str_intern(t, name, strlen(name));
}

static RtObject *class_module(RtThread *t, const RtType *type)
{
    const char *dot = strrchr(type->name, '.');
    if (is_programs(type)) return rt__name(t, RT_NAME_main);
    return dot != NULL ? rt_str_intern(t, type->name, (size_t)(dot - type->name))
                       : rt_str_intern(t, "builtins", 8);
}

// The attribute of a class, seen from itself: functions as they are. *owner is NULL if what
// was found is not what is in the class's table.
static RtObject *class_attr(RtThread *t, RtObject *object, RtObject *name, RtClass **owner,
                            uint32_t *index)
{
    const RtType *type = rt__type_of_class(object);
    RtObject *value = rt__type_find(t, type, name, owner, index);
    if (value != NULL && !rt__is_descriptor(value)) return value;
    *owner = NULL;
    if (value != NULL) return rt__bind_steal(t, value, NULL, type);
    if (name == rt__name(t, RT_NAME_name)) return last_part(t, type->name);
    if (name == rt__name(t, RT_NAME_qualname))
        return is_programs(type) ? rt_new_ref(t, rt__class_of_type(type)->qualname)
                                 : last_part(t, type->name);
    if (name == rt__name(t, RT_NAME_module)) return class_module(t, type);
    return name == rt__name(t, RT_NAME_doc) ? rt_none() : NULL;
}

static RtObject *call_getattr(RtThread *t, RtObject *object, RtObject *name)
{
    RtObject *special = rt__special(object, RT_NAME_getattr);
    RtObject *args[] = {object, name};
    return special != NULL ? rt__call_special(t, special, args, 2) : NULL;
}

// What was found on the object's type, as the object's; __getattr__ is asked also where a
// property fails with an AttributeError.
static RtObject *bind_steal(RtThread *t, RtObject *found, RtObject *object, RtObject *name)
{
    RtObject *value = rt__bind_steal(t, found, object, object->type);
    if (value != NULL || rt__special(object, RT_NAME_getattr) == NULL ||
        !rt__error_is(t, rt__error_class(t, RT_ERROR_ATTRIBUTE)))
        return value;
    rt_error_clear(t);
    return call_getattr(t, object, name);
}

// NULL without an error: there is none.
static RtObject *find(RtThread *t, RtObject *object, RtObject *name)
{
    RtClass *owner;
    uint32_t index;
    if (rt__is_class(object)) return class_attr(t, object, name, &owner, &index);
    RtObject *value = own_attr(t, object, name);
    if (value != NULL || rt_error_kind(t) != RT_ERROR_NONE) return value;
    value = rt__type_find(t, object->type, name, &owner, &index);
    if (value != NULL) return bind_steal(t, value, object, name);
    if (name == rt__name(t, RT_NAME_class_)) return rt__class_object(object->type);
    return call_getattr(t, object, name);
}

int rt__find_attr(RtThread *t, RtObject *object, RtObject *name, RtObject **value)
{
    name = rt__intern_str(t, name);
    *value = name != NULL ? find(t, object, name) : NULL;
    if (*value != NULL) return 1;
    if (rt_error_kind(t) == RT_ERROR_NONE) return 0;
    if (!rt__error_is(t, rt__error_class(t, RT_ERROR_ATTRIBUTE))) return -1;
    rt_error_clear(t);
    return 0;
}

RtObject *rt__get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    name = rt__intern_str(t, name);
    RtObject *value = name != NULL ? find(t, object, name) : NULL;
    if (value == NULL) no_attribute(t, object, name);
    return value;
}

// ------------------------------------------------------------------ what a thread remembers

// Classes lie at equal distances, and so do names: no two of them are to meet for that.
static RtMemo *memo_of(RtThread *t, const RtType *type, const RtObject *name)
{
    uint64_t mixed = rt_scatter((uintptr_t)type * 31 + (uintptr_t)name);
    return &t->vm->memos[mixed >> 32 & (RT_VM_MEMOS - 1)];
}

// For the place, and for all others with that name.
static void remember(RtThread *t, RtObject *name, RtCache *cache, RtCache learned)
{
    *cache = learned;
    *memo_of(t, learned.type, name) = (RtMemo){name, learned};
}

// The place has seen another type, or nothing yet. Whether what is remembered holds still is
// asked as of what the place itself remembers.
static void recall(RtThread *t, const RtType *type, const RtObject *name, RtCache *cache)
{
    const RtMemo *memo = memo_of(t, type, name);
    if (memo->name == name && memo->cache.type == type) *cache = memo->cache;
}

// ------------------------------------------------------------------ reading, with a cache

static RtObject *read_cached(RtThread *t, RtObject *object, RtObject *name, RtCache *cache)
{
    switch (cache->kind) {
    case RT_CACHE_SLOT:
        return rt__record_read(t, object, cache->index);
    case RT_CACHE_TABLE:
        if (cache->object != object || cache->epoch != epoch(t)) return NULL;
        if (object->type == &rt__module_type)
            return rt__table_hinted(t, rt__module_table(object), cache->index, name);
        return rt__table_hinted(t, &((RtClass *)object)->attributes, cache->index, name);
    case RT_CACHE_CLASS_VALUE:
        if (cache->epoch != epoch(t) || rt__slot_peek(&((RtRecord *)object)->dict) != NULL)
            return NULL;
        return rt__table_hinted(t, &((RtClass *)cache->object)->attributes, cache->index, name);
    default:
        return NULL;
    }
}

// Remembers where an attribute is that can be found again.
static void remember_class(RtObject *object, RtCache *cache, RtClass *owner, uint32_t index,
                           uint64_t now)
{
    if (owner != rt__class_of_type(rt__type_of_class(object))) return;
    *cache = (RtCache){object->type, object, now, index, RT_CACHE_TABLE};
}

static RtObject *load_of_class(RtThread *t, RtObject *object, RtObject *name, RtCache *cache)
{
    uint64_t now = epoch(t);
    RtClass *owner;
    uint32_t index;
    RtObject *value = class_attr(t, object, name, &owner, &index);
    if (value == NULL) no_attribute(t, object, name);
    if (value != NULL && owner != NULL && rt__type_of_class(object)->is_class)
        remember_class(object, cache, owner, index, now);
    return value;
}

static RtObject *load_of_module(RtThread *t, RtObject *object, RtObject *name, RtCache *cache)
{
    uint64_t now = epoch(t);
    uint32_t index;
    RtObject *value = rt__table_named(t, object, rt__module_table(object), name, &index);
    if (value == NULL) return rt__get_attr(t, object, name);
    *cache = (RtCache){object->type, object, now, index, RT_CACHE_TABLE};
    return value;
}

static RtObject *load_of_record(RtThread *t, RtObject *object, RtObject *name, RtCache *cache)
{
    RtClass *class_ = rt__class_of_type(object->type);
    uint64_t now = epoch(t);
    uint32_t offset = rt__class_slot_offset(class_, name);
    RtObject *value = offset != 0 ? rt__record_read(t, object, offset) : NULL;
    if (value != NULL) {
        remember(t, name, cache, (RtCache){object->type, NULL, now, offset, RT_CACHE_SLOT});
        return value;
    }
    if (offset != 0 || rt__slot_peek(&((RtRecord *)object)->dict) != NULL ||
        class_->is_exception)
        return rt__get_attr(t, object, name);
    RtClass *owner;
    uint32_t index;
    value = rt__type_find(t, object->type, name, &owner, &index);
    if (value == NULL) return rt__get_attr(t, object, name);
    if (owner != NULL && !rt__is_method(value) && !rt__is_descriptor(value))
        remember(t, name, cache,
                 (RtCache){object->type, &owner->type.base, now, index, RT_CACHE_CLASS_VALUE});
    return bind_steal(t, value, object, name);
}

RtObject *rt__load_attr(RtThread *t, RtObject *object, RtObject *name, RtCache *cache)
{
    if (cache->type != object->type) recall(t, object->type, name, cache);
    if (cache->type == object->type) {
        RtObject *value = read_cached(t, object, name, cache);
        if (value != NULL) return value;
    }
    if (object->type->is_class) return load_of_record(t, object, name, cache);
    if (rt__is_class(object)) return load_of_class(t, object, name, cache);
    if (object->type == &rt__module_type) return load_of_module(t, object, name, cache);
    return rt__get_attr(t, object, name);
}

// ------------------------------------------------------------------ methods, with a cache

static bool holds(RtThread *t, RtObject *object, const RtCache *cache)
{
    if (cache->type != object->type) return false;
    if (cache->kind == RT_CACHE_BUILTIN) return true;
    return cache->kind == RT_CACHE_METHOD && cache->epoch == epoch(t) &&
           rt__slot_peek(&((RtRecord *)object)->dict) == NULL;
}

static RtObject *load_value(RtThread *t, RtObject *object, RtObject *name, RtCache *cache,
                            bool *with_self)
{
    *with_self = false;
    return rt__load_attr(t, object, name, cache);
}

RtObject *rt__load_method(RtThread *t, RtObject *object, RtObject *name, RtCache *cache,
                          bool *with_self)
{
    *with_self = true;
    const RtType *type = object->type;
    if (cache->type != type) recall(t, type, name, cache);
    if (holds(t, object, cache)) return cache->object;
    if (rt__is_class(object) || type == &rt__module_type || type == &rt__super_type)
        return load_value(t, object, name, cache, with_self);
    uint64_t now = epoch(t);
    RtClass *owner;
    uint32_t index;
    bool own = type->is_class && (rt__class_slot_offset(rt__class_of_type(type), name) != 0 ||
                                  rt__slot_peek(&((RtRecord *)object)->dict) != NULL);
    RtObject *value = own ? NULL : rt__type_find(t, type, name, &owner, &index);
    if (value == NULL || !rt__is_method(value)) {
        rt_decref_null(t, value);
        return load_value(t, object, name, cache, with_self);
    }
    if (rt_ref_is_immortal(&value->ref))
        remember(t, name, cache,
                 (RtCache){type, value, now, 0,
                           type->is_class ? RT_CACHE_METHOD : RT_CACHE_BUILTIN});
    return value;
}

// ------------------------------------------------------------------ setting

static void cannot_set(RtThread *t, RtObject *object, RtObject *name)
{
    if (rt_error_kind(t) != RT_ERROR_NONE) return;
    RtClass *owner;
    uint32_t index;
    RtObject *found = rt__type_find(t, object->type, name, &owner, &index);
    if (found != NULL)
        rt__error_format(t, RT_ERROR_ATTRIBUTE, "'%s' object attribute '%s' is read-only",
                         object->type->name, bytes(name));
    else
        no_attribute(t, object, name);
    rt_decref_null(t, found);
}

// Whether the object's type has a property of that name, which is set then: 1, 0, -1.
static int set_property(RtThread *t, RtObject *object, RtObject *name, RtObject *value)
{
    if (!object->type->is_class || !rt__class_of_type(object->type)->has_properties) return 0;
    RtClass *owner;
    uint32_t index;
    RtObject *found = rt__type_find(t, object->type, name, &owner, &index);
    int done = 0;
    if (found != NULL && found->type == &rt__property_type)
        done = rt__property_set(t, found, object, name, value) ? 1 : -1;
    rt_decref_null(t, found);
    return done;
}

static bool set_own(RtThread *t, RtObject *object, RtObject *name, RtObject *value)
{
    const RtSlots *slots = object->type->slots;
    int done = 0;
    if (slots != NULL && slots->set_attr != NULL)
        done = slots->set_attr(t, object, name, value);
    if (done <= 0) cannot_set(t, object, name);
    return done > 0;
}

bool rt__set_attr(RtThread *t, RtObject *object, RtObject *name, RtObject *value)
{
    name = rt__intern_str(t, name);
    if (name == NULL) return false;
    if (rt__is_class(object)) return rt__class_set(t, object, name, value);
    int done = set_property(t, object, name, value);
    return done != 0 ? done > 0 : set_own(t, object, name, value);
}

bool rt__store_attr(RtThread *t, RtObject *object, RtObject *name, RtObject *value,
                    RtCache *cache)
{
    const RtType *type = object->type;
    if (!type->is_class) return rt__set_attr(t, object, name, value);
    if (cache->type != type) recall(t, type, name, cache);
    if (value != NULL && cache->type == type && cache->kind == RT_CACHE_SLOT) {
        rt__record_write(t, object, cache->index, rt_new_ref(t, value));
        return true;
    }
    int by_property = set_property(t, object, name, value);
    if (by_property != 0) return by_property > 0;
    if (!set_own(t, object, name, value)) return false;
    if (value == NULL) return true;
    uint32_t offset = rt__class_slot_offset(rt__class_of_type(type), name);
    if (offset != 0) remember(t, name, cache, (RtCache){type, NULL, 0, offset, RT_CACHE_SLOT});
    return true;
}
