// class.c: making and changing classes, and what is looked up on them.
#include "object/format.h"
#include "object/tuple.h"
#include "vm/descriptor.h"
#include "vm/exception.h"
#include "vm/operations.h"

#include <string.h>

// ------------------------------------------------------------------ slots

uint32_t rt__class_slot_offset(const RtClass *class_, RtObject *name)
{
    RtClassParts *parts = class_->parts;
    uint32_t count = rt_atomic_load_acquire(&parts->layout_count);
    for (uint32_t i = 0; i < count; i++) {
        if (rt_atomic_load_relaxed(&parts->layout[i]) == name)
            return class_->slots_offset + i * (uint32_t)sizeof(RtSlot);
    }
    return 0;
}

// The name's slot, a new one if there is one to spare; 0: there is none.
static uint32_t reserve_locked(RtClass *class_, RtObject *name)
{
    uint32_t offset = rt__class_slot_offset(class_, name);
    RtClassParts *parts = class_->parts;
    uint32_t count = rt_atomic_load_relaxed(&parts->layout_count);
    if (offset != 0 || count == class_->capacity) return offset;
    rt_atomic_store_relaxed(&parts->layout[count], name);
    rt_atomic_store_release(&parts->layout_count, count + 1);
    return class_->slots_offset + count * (uint32_t)sizeof(RtSlot);
}

// Names that instances get later than when the class is made are those that its functions do
// not show: assigned from outside, or by setattr.
uint32_t rt__class_reserve_slot(RtThread *t, RtClass *class_, RtObject *name)
{
    RtHold hold = rt_hold_object(t, &class_->type.base);
    uint32_t before = rt_atomic_load_relaxed(&class_->parts->layout_count);
    uint32_t offset = class_->has_dict ? reserve_locked(class_, name) : 0;
    bool is_new = rt_atomic_load_relaxed(&class_->parts->layout_count) != before;
    rt_let_go(t, hold);
    if (is_new) rt_atomic_add_acq_rel(&rt__vm(t)->epoch, 1ull);
    return offset;
}

// While a class is made, its capacity grows with its names. What an exception has by itself
// needs no slot, and must have none: a cache would read and write that.
static void add_slot(RtThread *t, RtClass *class_, RtObject *name)
{
    if (class_->capacity == RT_CLASS_MAX_SLOTS) return;
    if (class_->is_exception && rt__exception_owns(t, name)) return;
    if (rt__class_slot_offset(class_, name) != 0) return;
    class_->capacity++;
    reserve_locked(class_, name);
}

// The names that a method assigns to attributes of its first parameter, while that is in its
// register still: a slot for each. A guess, and no harm if it is wrong.
static void add_assigned(RtThread *t, RtClass *class_, const RtCode *code)
{
    if (code->arg_count == 0) return;
    for (uint32_t i = 0; i < code->word_count; i += rt__op_words(code->words[i])) {
        uint32_t word = code->words[i];
        if ((word & 0xff) != RT_OP_STOREATTR || (word >> 8 & 0x7f) != 0) continue;
        add_slot(t, class_, code->constants[code->words[i + 1] & 0xffff]);
    }
}

static void add_all_assigned(RtThread *t, RtClass *class_)
{
    RtKeys *keys = rt__table_keys(&class_->attributes);
    for (uint32_t i = 0; i < rt__table_filled(keys); i++) {
        RtObject *value = rt__slot_get(&rt__table_entries(keys)[i].value);
        if (value != NULL && rt__is_type(value, &rt__function_type))
            add_assigned(t, class_, rt__function_of(value)->code);
    }
}

// As the class's methods call it: __x is _Class__x there. Interned, or NULL with an error.
static RtObject *mangled(RtThread *t, const RtClass *class_, RtObject *name)
{
    size_t size;
    const char *bytes = rt_str_bytes_borrowed(name, &size);
    const char *owner = class_->type.name;
    while (*owner == '_')
        owner++;
    bool is_private = size > 2 && memcmp(bytes, "__", 2) == 0 &&
                      memcmp(bytes + size - 2, "__", 2) != 0 && *owner != '\0';
    if (!is_private) return rt__intern_str(t, name);
    RtObject *made = rt__format(t, "_%s%s", owner, bytes);
    RtObject *interned = made != NULL ? rt__intern_str(t, made) : NULL;
    rt_decref_null(t, made);
    return interned;
}

static bool add_one_declared(RtThread *t, RtClass *class_, RtObject *name)
{
    if (!rt_str_check(name)) {
        rt__error_format(t, RT_ERROR_TYPE, "__slots__ items must be strings, not '%s'",
                         name->type->name);
        return false;
    }
    name = mangled(t, class_, name);
    if (name == NULL) return false;
    uint32_t index;
    RtObject *found = rt__table_named(t, &class_->type.base, &class_->attributes, name, &index);
    if (found != NULL) {
        rt_decref(t, found);
        rt__error_format(t, RT_ERROR_VALUE, "'%s' in __slots__ conflicts with class variable",
                         rt_str_bytes_borrowed(name, NULL));
        return false;
    }
    add_slot(t, class_, name);
    return true;
}

// `__slots__`: a str, or an iterable of them.
static bool add_declared(RtThread *t, RtClass *class_, RtObject *declared)
{
    if (rt_str_check(declared)) return add_one_declared(t, class_, declared);
    RtObject *list = rt__list_of(t, declared);
    if (list == NULL) return false;
    bool good = true;
    for (size_t i = 0; good && i < rt_list_size(t, list); i++) {
        RtObject *name = rt_list_get(t, list, i);
        good = add_one_declared(t, class_, name);
        rt_decref(t, name);
    }
    rt_decref(t, list);
    return good;
}

static bool lay_out(RtThread *t, RtClass *class_, const RtClass *parent)
{
    class_->slots_offset = parent != NULL ? parent->slots_offset : sizeof(RtRecord);
    class_->has_dict = true;
    for (uint32_t i = 0; parent != NULL && i < parent->capacity; i++) {
        RtObject *name = rt_atomic_load_relaxed(&parent->parts->layout[i]);
        if (name != NULL) add_slot(t, class_, name);
    }
    uint32_t index;
    RtObject *declared = rt__table_named(t, &class_->type.base, &class_->attributes,
                                         rt__name(t, RT_NAME_slots), &index);
    if (declared != NULL) {
        class_->has_dict = parent != NULL && parent->has_dict;
        bool good = add_declared(t, class_, declared);
        rt_decref(t, declared);
        if (!good) return false;
    } else {
        add_all_assigned(t, class_);
    }
    if (class_->has_dict) class_->capacity += RT_CLASS_SPARE;
    if (class_->capacity > RT_CLASS_MAX_SLOTS) class_->capacity = RT_CLASS_MAX_SLOTS;
    uint32_t size = class_->slots_offset + class_->capacity * (uint32_t)sizeof(RtSlot);
    class_->instance_size = (size + RT_GRANULE - 1) / RT_GRANULE * RT_GRANULE;
    return true;
}

// ------------------------------------------------------------------ special methods

static void inherit_specials(RtClass *class_, const RtClass *parent)
{
    for (uint32_t i = 0; i < RT_SPECIAL_COUNT; i++) {
        RtObject *special =
            parent != NULL ? rt_atomic_load_relaxed(&parent->parts->specials[i]) : NULL;
        rt_atomic_store_release(&class_->parts->specials[i], special);
    }
}

static void keep(RtObject *value)
{
    if (!rt_ref_is_immortal(&value->ref)) rt_ref_make_immortal(&value->ref);
}

static void find_specials(RtThread *t, RtClass *class_)
{
    for (uint32_t i = 0; i < RT_SPECIAL_COUNT; i++) {
        uint32_t index;
        RtObject *own = rt__table_named(t, &class_->type.base, &class_->attributes,
                                        rt__name(t, (RtVmName)i), &index);
        if (own == NULL) continue;
        keep(own);
        rt_atomic_store_release(&class_->parts->specials[i], own);
    }
}

static void set_functions(RtClass *class_)
{
    RtType *type = &class_->type;
    RtClassParts *parts = class_->parts;
    type->finalize =
        rt_atomic_load_relaxed(&parts->specials[RT_NAME_del]) ? rt__record_finalize : NULL;
    RtObject *hash = rt_atomic_load_relaxed(&parts->specials[RT_NAME_hash]);
    type->hash = hash == rt_none() ? NULL : rt__record_hash;
    type->equal =
        rt_atomic_load_relaxed(&parts->specials[RT_NAME_eq]) ? rt__record_equal : NULL;
}

static RtClass *parent_of(const RtClass *class_)
{
    const RtType *parent = class_->type.parent;
    return parent != NULL && parent->is_class ? rt__class_of_type(parent) : NULL;
}

// A special method was set or deleted: parents come before their children in the list.
static void find_all_specials(RtThread *t, RtClass *class_)
{
    if (class_ == NULL) return;
    find_all_specials(t, class_->older);
    inherit_specials(class_, parent_of(class_));
    find_specials(t, class_);
    set_functions(class_);
}

// ------------------------------------------------------------------ making a class

// What the interpreter's own functions of its parent do, it does.
static void inherit_type(RtClass *class_, const RtType *parent, const char *name)
{
    const RtType header = {RT_TYPE_BASE};
    RtType *type = &class_->type;
    RtObject self = type->base;
    *type = parent->is_class ? *parent : rt__record_type;
    type->base = self;
    type->base.type = header.base.type;
    type->name = name;
    type->parent = parent == &rt__object_type ? NULL : parent;
    type->is_class = true;
}

// CPython: a class whose body defines equality alone cannot be hashed.
static bool settle_hash(RtThread *t, RtObject *namespace_)
{
    RtObject *hash = rt__name(t, RT_NAME_hash);
    int settled = rt_dict_contains(t, namespace_, rt__name(t, RT_NAME_eq));
    if (settled > 0) settled = !rt_dict_contains(t, namespace_, hash);
    return settled <= 0 || rt_dict_set(t, namespace_, hash, rt_none());
}

static bool copy_namespace(RtThread *t, RtClass *class_, RtObject *namespace_)
{
    RtObject *key, *value;
    bool good = true;
    for (size_t position = 0; good && rt_dict_next(t, namespace_, &position, &key, &value);) {
        RtObject *old = NULL;
        RtObject *name = rt_str_check(key) ? rt__intern_str(t, key) : key;
        int64_t hash = rt__value_hash(t, name);
        rt__function_keep(rt__descriptor_function(value));
        class_->has_properties |= value->type == &rt__property_type;
        good = hash != -1 && rt__table_set_locked(t, &class_->attributes, name, hash,
                                                  RT_MATCH_IDENTITY, value, &old);
        rt_decref(t, key);
        rt_decref(t, value);
    }
    return good;
}

static RtClass *allocate(RtThread *t)
{
    RtClassParts *parts = rt_array_alloc_zeroed(sizeof *parts);
    RtClass *class_ =
        parts != NULL ? (RtClass *)rt__object_new(t, &rt__type_type, sizeof(RtClass)) : NULL;
    if (class_ == NULL) {
        rt_array_free(parts);
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    memset((char *)class_ + sizeof(RtObject), 0, sizeof *class_ - sizeof(RtObject));
    class_->parts = parts;
    rt__table_init(&class_->attributes);
    return class_;
}

static void link_class(RtThread *t, RtClass *class_)
{
    RtVm *vm = rt__vm(t);
    rt_mutex_lock(&vm->made_lock);
    class_->older = vm->classes;
    vm->classes = class_;
    rt_mutex_unlock(&vm->made_lock);
}

static bool may_derive(RtThread *t, RtObject *parent)
{
    if (!rt__is_class(parent)) {
        rt__error_format(t, RT_ERROR_TYPE, "cannot derive a class from a '%s' object",
                         parent->type->name);
        return false;
    }
    const RtType *type = rt__type_of_class(parent);
    if (type == &rt__object_type || type->is_class) return true;
    rt__error_format(t, RT_ERROR_TYPE, "type '%s' is not an acceptable base type", type->name);
    return false;
}

RtObject *rt__class_new(RtThread *t, RtObject *name, RtObject *parent, RtObject *namespace_)
{
    if (parent == NULL) parent = rt__object_class();
    if (!may_derive(t, parent)) return NULL;
    const RtType *parent_type = rt__type_of_class(parent);
    RtClass *parent_class = parent_type->is_class ? rt__class_of_type(parent_type) : NULL;
    RtClass *class_ = allocate(t);
    if (class_ == NULL) return NULL;
    // Whatever fails from here on, a class that is reachable by nobody stays: it is of bounded
    // size, and its type may be in use already.
    rt_ref_make_immortal(&class_->type.base.ref);
    class_->name = rt__intern_str(t, name);
    if (class_->name == NULL) return NULL;
    class_->qualname = class_->name;
    inherit_type(class_, parent_type, rt_str_bytes_borrowed(class_->name, NULL));
    class_->is_exception = parent_class != NULL && parent_class->is_exception;
    class_->has_properties = parent_class != NULL && parent_class->has_properties;
    if (namespace_ != NULL &&
        (!settle_hash(t, namespace_) || !copy_namespace(t, class_, namespace_)))
        return NULL;
    if (!lay_out(t, class_, parent_class)) return NULL;
    inherit_specials(class_, parent_class);
    find_specials(t, class_);
    set_functions(class_);
    link_class(t, class_);
    return &class_->type.base;
}

// ------------------------------------------------------------------ looking up

static RtObject *find_native(const RtType *type, RtObject *name)
{
    const RtBuiltin *row = type->slots != NULL ? type->slots->methods : NULL;
    const char *wanted = rt_str_bytes_borrowed(name, NULL);
    for (; row != NULL && row->name != NULL; row++) {
        const char *dot = strrchr(row->name, '.');
        if (strcmp(dot != NULL ? dot + 1 : row->name, wanted) == 0)
            return (RtObject *)(uintptr_t)&row->base;
    }
    return NULL;
}

RtObject *rt__type_find(RtThread *t, const RtType *type, RtObject *name, RtClass **owner,
                        uint32_t *index)
{
    *owner = NULL;
    for (; type != NULL; type = type->parent) {
        if (type->is_class) {
            RtClass *class_ = rt__class_of_type(type);
            RtObject *value =
                rt__table_named(t, &class_->type.base, &class_->attributes, name, index);
            *owner = class_;
            if (value != NULL) return value;
        } else {
            *owner = NULL;
            RtObject *method = find_native(type, name);
            if (method != NULL) return method;
        }
    }
    *owner = NULL;
    return find_native(&rt__object_type, name);
}

// ------------------------------------------------------------------ changing

static bool is_special(RtThread *t, RtObject *name)
{
    for (uint32_t i = 0; i < RT_SPECIAL_COUNT; i++) {
        if (rt__name(t, (RtVmName)i) == name) return true;
    }
    return false;
}

// Whether a cache could have kept more of a value than where it is.
static bool is_callable(const RtObject *value)
{
    return value != NULL && value->type->slots != NULL && value->type->slots->call != NULL;
}

static int set_in_table(RtThread *t, RtClass *class_, RtObject *name, RtObject *value,
                        RtObject **old_key, RtObject **old)
{
    RtTable *table = &class_->attributes;
    int64_t hash = rt__str_hash(name);
    RtHold hold = rt_hold_object(t, &class_->type.base);
    RtPlace place = rt__table_find_locked(t, table, name, hash, RT_MATCH_IDENTITY);
    int done = place.entry >= 0;
    if (value != NULL)
        done =
            rt__table_set_locked(t, table, name, hash, RT_MATCH_IDENTITY, value, old) ? 1 : -1;
    else if (done)
        rt__table_remove_locked(table, place, old_key, old);
    rt_let_go(t, hold);
    return done;
}

static void refuse(RtThread *t, const RtType *type, RtObject *name)
{
    rt__error_format(t, RT_ERROR_TYPE, "cannot set '%s' attribute of immutable type '%s'",
                     rt_str_bytes_borrowed(name, NULL), type->name);
}

bool rt__class_set(RtThread *t, RtObject *object, RtObject *name, RtObject *value)
{
    const RtType *type = rt__type_of_class(object);
    if (!type->is_class || rt__class_of_type(type)->is_builtin) {
        refuse(t, type, name);
        return false;
    }
    if (value != NULL && value->type == &rt__property_type) {
        rt_error_set(t, RT_ERROR_TYPE, "a class cannot get a property once it is made");
        return false;
    }
    RtClass *class_ = rt__class_of_type(type);
    RtObject *old_key = NULL, *old = NULL;
    if (value != NULL && is_special(t, name)) keep(value);
    int done = set_in_table(t, class_, name, value, &old_key, &old);
    if (done == 0)
        rt__error_format(t, RT_ERROR_ATTRIBUTE, "type object '%s' has no attribute '%s'",
                         type->name, rt_str_bytes_borrowed(name, NULL));
    if (done > 0 && (old == NULL || value == NULL || is_callable(old) || is_callable(value)))
        rt_atomic_add_acq_rel(&rt__vm(t)->epoch, 1ull);
    if (done > 0 && is_special(t, name)) {
        rt_world_stop(t);
        find_all_specials(t, rt__vm(t)->classes);
        rt_world_start(t);
    }
    rt_decref_null(t, old_key);
    rt_decref_null(t, old);
    return done > 0;
}
