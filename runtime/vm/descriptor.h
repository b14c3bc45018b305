// descriptor.h: what a class's attributes become when they are read: functions become methods, and
// staticmethod, classmethod and property say what else.
#ifndef RT_VM_DESCRIPTOR_H
#define RT_VM_DESCRIPTOR_H

#include "object/slots.h"
#include "object/types.h"
#include "vm/function.h"

#pragma GCC visibility push(hidden)
extern const RtType rt__staticmethod_type;
extern const RtType rt__classmethod_type;
extern const RtType rt__property_type;
#pragma GCC visibility pop

// Whether a value found on a type becomes a method of its objects.
static inline bool rt__is_method(const RtObject *value)
{
    if (value->type == &rt__function_type) return true;
    return value->type == &rt__builtin_type && ((const RtBuiltin *)(const void *)value)->is_method;
}

static inline bool rt__is_descriptor(const RtObject *value)
{
    return value->type == &rt__staticmethod_type || value->type == &rt__classmethod_type ||
           value->type == &rt__property_type;
}

// The function in a staticmethod or classmethod, for a class that keeps it; else the value itself.
RtObject *rt__descriptor_function(RtObject *value);

// What a value found on the type `of` is, read from an object of that type; NULL: from the type
// itself. Takes the value over; a new reference, or NULL with an error.
RtObject *rt__bind_steal(RtThread *t, RtObject *value, RtObject *object, const RtType *of);

// Sets the property called `name` of an object, or (value NULL) deletes it.
bool rt__property_set(RtThread *t, RtObject *property, RtObject *object, RtObject *name,
                      RtObject *value);

#endif
