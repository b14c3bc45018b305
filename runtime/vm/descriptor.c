// descriptor.c: staticmethod, classmethod and property.
#include "vm/descriptor.h"

#include "object/track.h"
#include "object/value.h"
#include "vm/operations.h"

enum { GETTER, SETTER, DELETER, FUNCTIONS };

// Constant once it is made. A staticmethod or classmethod has its function in the first place.
typedef struct RtDescriptor {
    RtObject base;
    RtObject *trash;                // the trash list's link
    RtObject *functions[FUNCTIONS]; // or NULL
} RtDescriptor;

static inline RtDescriptor *descriptor_of(RtObject *object)
{
    return (RtDescriptor *)object;
}

static RtObject *new_descriptor(RtThread *t, const RtType *type, RtObject *const *functions)
{
    RtDescriptor *descriptor = (RtDescriptor *)rt__object_new(t, type, sizeof(RtDescriptor));
    if (descriptor == NULL) return NULL;
    for (unsigned i = 0; i < FUNCTIONS; i++) {
        bool given = functions[i] != NULL && functions[i] != rt_none();
        descriptor->functions[i] = given ? rt_new_ref(t, functions[i]) : NULL;
    }
    rt__gc_track(t, &descriptor->base);
    return &descriptor->base;
}

static void finish(RtThread *t, RtObject *object)
{
    for (unsigned i = 0; i < FUNCTIONS; i++)
        rt_decref_null(t, descriptor_of(object)->functions[i]);
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    int stop = 0;
    for (unsigned i = 0; stop == 0 && i < FUNCTIONS; i++) {
        RtObject *function = descriptor_of(object)->functions[i];
        if (function != NULL) stop = visit(function, argument);
    }
    return stop;
}

// ------------------------------------------------------------------ reading

RtObject *rt__descriptor_function(RtObject *value)
{
    bool wraps = value->type == &rt__staticmethod_type || value->type == &rt__classmethod_type;
    return wraps ? descriptor_of(value)->functions[GETTER] : value;
}

static RtObject *no_accessor(RtThread *t, RtObject *object, RtObject *name, const char *what)
{
    rt__error_format(t, RT_ERROR_ATTRIBUTE, "property%s%s%s of '%s' object has no %s",
                     name != NULL ? " '" : "",
                     name != NULL ? rt_str_bytes_borrowed(name, NULL) : "",
                     name != NULL ? "'" : "", object->type->name, what);
    return NULL;
}

static RtObject *bound(RtThread *t, RtObject *value, RtObject *object, const RtType *of)
{
    if (value->type == &rt__staticmethod_type)
        return rt_new_ref(t, rt__descriptor_function(value));
    if (value->type == &rt__classmethod_type)
        return rt__method_new(t, rt__descriptor_function(value), rt__class_object(of));
    if (object == NULL) return rt_new_ref(t, value);
    if (rt__is_method(value)) return rt__method_new(t, value, object);
    RtObject *getter = descriptor_of(value)->functions[GETTER];
    if (getter == NULL) return no_accessor(t, object, NULL, "getter");
    return rt__call(t, getter, &object, 1, NULL);
}

RtObject *rt__bind_steal(RtThread *t, RtObject *value, RtObject *object, const RtType *of)
{
    if (!rt__is_method(value) && !rt__is_descriptor(value)) return value;
    RtObject *result = bound(t, value, object, of);
    rt_decref(t, value);
    return result;
}

// ------------------------------------------------------------------ staticmethod, classmethod

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    if (count != 1 || kwnames != NULL) {
        rt__error_format(t, RT_ERROR_TYPE, "%s expected 1 argument, got %zu", type->name,
                         count);
        return NULL;
    }
    if (type == &rt__classmethod_type && args[0]->type == &rt__builtin_type) {
        rt_error_set(t, RT_ERROR_TYPE, "classmethod() takes functions of the program only");
        return NULL;
    }
    RtObject *functions[FUNCTIONS] = {args[0]};
    return new_descriptor(t, type, functions);
}

static RtObject *call_static(RtThread *t, RtObject *object, RtObject *const *args, size_t count,
                             RtObject *kwnames)
{
    return rt__call(t, descriptor_of(object)->functions[GETTER], args, count, kwnames);
}

#define DESCRIPTOR_TYPE(text, its_slots)                                                       \
    {                                                                                          \
        RT_TYPE_BASE, .name = text, .slots = &its_slots, .finish = finish,                     \
                      .traverse = traverse, .hash = rt__identity_hash,                         \
                      .trash_link = offsetof(RtDescriptor, trash)                              \
    }

static const RtSlots static_slots = {.construct = construct, .call = call_static};
static const RtSlots class_slots = {.construct = construct};
const RtType rt__staticmethod_type = DESCRIPTOR_TYPE("staticmethod", static_slots);
const RtType rt__classmethod_type = DESCRIPTOR_TYPE("classmethod", class_slots);

// ------------------------------------------------------------------ property

static RtObject *property_construct(RtThread *t, const RtType *type, RtObject *const *args,
                                    size_t count, RtObject *kwnames)
{
    RtObject *functions[FUNCTIONS] = {NULL};
    if (count > FUNCTIONS || kwnames != NULL) {
        rt_error_set(t, RT_ERROR_TYPE,
                     "property() takes a getter, a setter and a deleter, by position");
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        functions[i] = args[i];
    return new_descriptor(t, type, functions);
}

// A copy with another function: what @name.setter makes.
static RtObject *with_function(RtThread *t, RtObject *const *args, unsigned which)
{
    RtObject *functions[FUNCTIONS];
    for (unsigned i = 0; i < FUNCTIONS; i++)
        functions[i] = i == which ? args[1] : descriptor_of(args[0])->functions[i];
    return new_descriptor(t, &rt__property_type, functions);
}

static RtObject *getter(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
{
    (void)count, (void)kwnames;
    return with_function(t, args, GETTER);
}

static RtObject *setter(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
{
    (void)count, (void)kwnames;
    return with_function(t, args, SETTER);
}

static RtObject *deleter(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
{
    (void)count, (void)kwnames;
    return with_function(t, args, DELETER);
}

bool rt__property_set(RtThread *t, RtObject *property, RtObject *object, RtObject *name,
                      RtObject *value)
{
    RtObject *function = descriptor_of(property)->functions[value != NULL ? SETTER : DELETER];
    RtObject *args[] = {object, value};
    RtObject *result = function != NULL
                           ? rt__call(t, function, args, value != NULL ? 2 : 1, NULL)
                           : no_accessor(t, object, name, value != NULL ? "setter" : "deleter");
    rt_decref_null(t, result);
    return result != NULL;
}

static const RtBuiltin property_methods[] = {
    RT_METHOD("property.getter", getter, 1, 1),
    RT_METHOD("property.setter", setter, 1, 1),
    RT_METHOD("property.deleter", deleter, 1, 1),
    RT_BUILTIN_END,
};

static const RtSlots property_slots = {.construct = property_construct,
                                       .methods = property_methods};
const RtType rt__property_type = DESCRIPTOR_TYPE("property", property_slots);
