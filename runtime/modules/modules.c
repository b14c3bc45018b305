// modules.c: the modules that programs can import, and what their files share.
#include "modules/modules.h"

#include <string.h>

const RtModuleRow rt__modules[] = {
    {.name = "collections", .fill = rt__collections_fill},
    {.name = "gc", .fill = rt__gc_fill},
    {.name = "math", .fill = rt__math_fill},
    {.name = "os", .fill = rt__os_fill},
    {.name = "queue", .fill = rt__queue_fill},
    {.name = "socket", .fill = rt__socket_fill},
    {.name = "sys", .fill = rt__sys_fill},
    {.name = "threading", .fill = rt__threading_fill, .end = rt__threading_end},
    {.name = "time", .fill = rt__time_fill},
    {.name = "tracemalloc", .fill = rt__tracemalloc_fill},
    {.name = "weakref", .fill = rt__weakref_fill},
    {.name = NULL},
};

bool rt__module_add_constants(RtThread *t, RtObject *module, const RtConstant *constants)
{
    for (; constants->name != NULL; constants++) {
        RtObject *value = rt_int_new(t, constants->value);
        if (!rt__module_set_steal(t, module, constants->name, value)) return false;
    }
    return true;
}

// ------------------------------------------------------------------ classes of modules

RtObject *rt__module_class(RtThread *t, const char *module, const char *name)
{
    RtObject *text = rt_str_intern(t, module, strlen(module));
    RtObject *imported = text != NULL ? rt__import(t, text) : NULL;
    if (imported == NULL) return NULL;
    RtObject *value = rt__attr_get(t, imported, name);
    rt_decref(t, imported);
    rt_decref_null(t, value); // classes are immortal
    return value;
}

void rt__raise_from_module(RtThread *t, const char *module, const char *name)
{
    RtObject *class_ = rt__module_class(t, module, name);
    if (class_ != NULL) rt__raise(t, class_, NULL);
}

static bool add_method(RtThread *t, RtObject *namespace_, const RtBuiltin *row)
{
    const char *dot = strrchr(row->name, '.');
    const char *name = dot != NULL ? dot + 1 : row->name;
    RtObject *key = rt_str_intern(t, name, strlen(name));
    return key != NULL && rt_dict_set(t, namespace_, key, (RtObject *)(uintptr_t)&row->base);
}

RtObject *rt__module_class_new(RtThread *t, const char *name, const RtBuiltin *methods)
{
    RtObject *text = rt_str_intern(t, name, strlen(name));
    RtObject *namespace_ = text != NULL ? rt_dict_new(t) : NULL;
    bool good = namespace_ != NULL;
    for (; good && methods->name != NULL; methods++)
        good = add_method(t, namespace_, methods);
    RtObject *class_ = good ? rt__class_new(t, text, NULL, namespace_) : NULL;
    rt_decref_null(t, namespace_);
    if (class_ != NULL) rt__class_of_type(rt__type_of_class(class_))->is_builtin = true;
    return class_;
}

// ------------------------------------------------------------------ attributes

RtObject *rt__attr_get(RtThread *t, RtObject *object, const char *name)
{
    RtObject *text = rt_str_intern(t, name, strlen(name));
    return text != NULL ? rt__get_attr(t, object, text) : NULL;
}

bool rt__attr_set(RtThread *t, RtObject *object, const char *name, RtObject *value)
{
    RtObject *text = rt_str_intern(t, name, strlen(name));
    return text != NULL && rt__set_attr(t, object, text, value);
}

bool rt__attr_set_steal(RtThread *t, RtObject *object, const char *name, RtObject *value)
{
    bool done = value != NULL && rt__attr_set(t, object, name, value);
    rt_decref_null(t, value);
    return done;
}
