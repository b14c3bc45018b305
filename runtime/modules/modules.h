// modules.h: what the modules' files share.
//
// Each module has a file with its functions and a `fill`, which modules.c lists. Types of
// objects that native code makes (a lock, a queue) are native types; those that programs derive
// from, or catch, are classes made when the module is imported (Thread, Empty).
#ifndef RT_MODULES_MODULES_H
#define RT_MODULES_MODULES_H

#include "builtins/builtins.h"
#include "object/track.h"
#include "object/value.h"
#include "vm/class.h"
#include "vm/module.h"
#include "vm/operations.h"

bool rt__collections_fill(RtThread *t, RtObject *module);
bool rt__gc_fill(RtThread *t, RtObject *module);
bool rt__math_fill(RtThread *t, RtObject *module);
bool rt__os_fill(RtThread *t, RtObject *module);
bool rt__socket_fill(RtThread *t, RtObject *module);
bool rt__sys_fill(RtThread *t, RtObject *module);
bool rt__streams_fill(RtThread *t, RtObject *module); // sys.stdout and sys.stderr
RtObject *rt__sys_getsizeof(RtThread *t, RtObject *const *args, size_t count,
                            RtObject *kwnames);
bool rt__time_fill(RtThread *t, RtObject *module);
bool rt__threading_fill(RtThread *t, RtObject *module);
bool rt__threading_end(RtThread *t);
bool rt__queue_fill(RtThread *t, RtObject *module);
bool rt__tracemalloc_fill(RtThread *t, RtObject *module);
bool rt__weakref_fill(RtThread *t, RtObject *module);

// A type is an attribute of the module.
static inline bool rt__module_add_type(RtThread *t, RtObject *module, const char *name,
                                       const RtType *type)
{
    return rt__module_set(t, module, name, rt__class_object(type));
}

// Ints, such as the system's constants; a NULL name ends them.
typedef struct RtConstant {
    const char *name;
    int64_t value;
} RtConstant;
bool rt__module_add_constants(RtThread *t, RtObject *module, const RtConstant *constants);

// An attribute of an imported module that the program may catch or derive from: immortal,
// borrowed. NULL with an error: the program has deleted it.
RtObject *rt__module_class(RtThread *t, const char *module, const char *name);
// Raises it, without a message.
void rt__raise_from_module(RtThread *t, const char *module, const char *name);

// A class that programs may derive from, with native methods.
RtObject *rt__module_class_new(RtThread *t, const char *name, const RtBuiltin *methods);

// Attributes of any object by C strings, which are interned.
RtObject *rt__attr_get(RtThread *t, RtObject *object, const char *name);
bool rt__attr_set(RtThread *t, RtObject *object, const char *name, RtObject *value);
bool rt__attr_set_steal(RtThread *t, RtObject *object, const char *name, RtObject *value);

#endif
