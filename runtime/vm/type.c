// type.c: types as objects; object, and native functions.
#include <string.h>

#include "object/format.h"
#include "object/value.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ type

static RtObject *type_repr(RtThread *t, RtObject *object)
{
    const RtType *type = rt__type_of_class(object);
    bool is_program = type->is_class && !rt__class_of_type(type)->is_builtin;
    return rt__format(t, "<class '%s%s'>", is_program ? "__main__." : "",
                      rt__qualname(type));
}

static RtObject *type_construct(RtThread *t, const RtType *type, RtObject *const *args,
                                size_t count, RtObject *kwnames)
{
    (void)type;
    if (count == 1 && kwnames == NULL) return rt__class_object(args[0]->type);
    rt_error_set(t, RT_ERROR_TYPE, "type() takes 1 argument");
    return NULL;
}

static void type_free_arrays(RtObject *object)
{
    const RtType *type = rt__type_of_class(object);
    if (!type->is_class) return;
    RtClass *class_ = rt__class_of_type(type);
    rt__table_free_arrays(&class_->attributes);
    rt_array_free(class_->parts);
}

static const RtSlots type_slots = {.call = rt__construct, .construct = type_construct};

const RtType rt__type_type = {
    RT_TYPE_BASE,
    .name = "type",
    .slots = &type_slots,
    .free_arrays = type_free_arrays,
    .hash = rt__identity_hash,
    .repr = type_repr,
};

// ------------------------------------------------------------------ object

static RtObject *object_construct(RtThread *t, const RtType *type, RtObject *const *args,
                                  size_t count, RtObject *kwnames)
{
    (void)args, (void)type;
    if (count == 0 && kwnames == NULL) return rt__object_new(t, &rt__object_type, sizeof(RtObject) + sizeof(void *));
    rt_error_set(t, RT_ERROR_TYPE, "object() takes no arguments");
    return NULL;
}

// What super().__init__() finds at the end.
static RtObject *object_init(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
{
    (void)kwnames;
    if (count == 1) return rt_none();
    rt__error_format(t, RT_ERROR_TYPE, "%s.__init__() takes exactly one argument (the instance to initialize)",
                     args[0]->type->name);
    return NULL;
}

// What is found on object is what an object of a builtin type does, too: [].__repr__().
static RtObject *object_repr(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
{
    (void)kwnames, (void)count;
    if (!args[0]->type->is_class && args[0]->type != &rt__object_type)
        return rt_object_repr(t, args[0]);
    return rt__format(t, "<%s%s object at %p>", args[0]->type->is_class ? "__main__." : "",
                      rt__qualname(args[0]->type), (void *)args[0]);
}

static RtObject *object_str(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
{
    (void)kwnames, (void)count;
    return args[0]->type->is_class ? rt_object_repr(t, args[0]) : rt__str(t, args[0]);
}

static RtObject *object_hash(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
{
    (void)kwnames, (void)count;
    int64_t hash = args[0]->type->is_class ? rt__value_hash_identity(args[0])
                                           : rt_object_hash(t, args[0]);
    return hash != -1 ? rt_int_new(t, hash) : NULL;
}

static RtObject *object_eq(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
{
    (void)kwnames, (void)count;
    if (args[0]->type == args[1]->type && !args[0]->type->is_class)
        return rt__compare(t, RT_COMPARE_EQ, args[0], args[1]);
    return args[0] == args[1] ? rt_bool(true) : rt_not_implemented();
}

static RtObject *object_setattr(RtThread *t, RtObject *const *args, size_t count,
                                RtObject *kwnames)
{
    (void)kwnames, (void)count;
    if (!rt_str_check(args[1])) {
        rt_error_set(t, RT_ERROR_TYPE, "attribute name must be string");
        return NULL;
    }
    return rt__set_attr(t, args[0], args[1], args[2]) ? rt_none() : NULL;
}

static const RtBuiltin object_methods[] = {
    RT_METHOD("object.__init__", object_init, 0, RT_ANY_COUNT),
    RT_METHOD("object.__repr__", object_repr, 0, 0),
    RT_METHOD("object.__str__", object_str, 0, 0),
    RT_METHOD("object.__hash__", object_hash, 0, 0),
    RT_METHOD("object.__eq__", object_eq, 1, 1),
    RT_METHOD("object.__setattr__", object_setattr, 2, 2),
    RT_BUILTIN_END,
};

static const RtSlots object_slots = {.construct = object_construct, .methods = object_methods};

const RtType rt__object_type = {
    RT_TYPE_BASE, .name = "object", .slots = &object_slots, .hash = rt__identity_hash};

// ------------------------------------------------------------------ native functions

static RtObject *builtin_call(RtThread *t, RtObject *object, RtObject *const *args, size_t count,
                              RtObject *kwnames)
{
    return rt__call(t, object, args, count, kwnames);
}

static const char *short_name(const RtObject *object)
{
    const char *name = ((const RtBuiltin *)(const void *)object)->name;
    const char *dot = strrchr(name, '.');
    return dot != NULL ? dot + 1 : name;
}

static RtObject *builtin_get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    if (name != rt__name(t, RT_NAME_name) && name != rt__name(t, RT_NAME_qualname)) return NULL;
    return rt_str_intern(t, short_name(object), strlen(short_name(object)));
}

static RtObject *builtin_repr(RtThread *t, RtObject *object)
{
    bool is_method = ((const RtBuiltin *)(const void *)object)->is_method;
    return rt__format(t, is_method ? "<method '%s'>" : "<built-in function %s>",
                      short_name(object));
}

static const RtSlots builtin_slots = {.call = builtin_call, .get_attr = builtin_get_attr};

const RtType rt__builtin_type = {
    RT_TYPE_BASE,
    .name = "builtin_function_or_method",
    .slots = &builtin_slots,
    .hash = rt__identity_hash,
    .repr = builtin_repr,
};
