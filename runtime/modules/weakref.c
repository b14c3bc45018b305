// weakref.c: the module weakref: ref, and what calling one does (object/weakref.c has the
// rest).
#include "modules/modules.h"

// The program's callback, with the weak reference; nobody can be given its error.
static void call_back(RtThread *t, RtObject *weakref, RtObject *callback)
{
    RtObject *result = rt__call(t, callback, &weakref, 1, NULL);
    if (result == NULL) rt__report_unraisable(t, callback);
    rt_decref_null(t, result);
}

// As CPython: not to numbers, texts, lists, dicts and tuples, nor to instances that have slots
// alone.
static bool allows_weakrefs(const RtObject *object)
{
    const RtType *type = object->type;
    if (type == &rt__list_type || type == &rt__dict_type || type == &rt__tuple_type)
        return false;
    if (type->is_class) return rt__class_of_type(type)->has_dict;
    return type->traverse != NULL && type != &rt__weakref_type;
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    (void)type;
    if (!rt__accepts(t, "ref", count, 2, kwnames)) return NULL;
    if (count == 0) {
        rt_error_set(t, RT_ERROR_TYPE, "ref expected at least 1 argument, got 0");
        return NULL;
    }
    if (!allows_weakrefs(args[0])) {
        rt__error_format(t, RT_ERROR_TYPE, "cannot create weak reference to '%s' object",
                         args[0]->type->name);
        return NULL;
    }
    bool calls = count == 2 && args[1] != rt_none();
    return rt_weakref_new(t, args[0], calls ? call_back : NULL, calls ? args[1] : NULL);
}

// The object, or None: it is dead.
static RtObject *call(RtThread *t, RtObject *ref, RtObject *const *args, size_t count,
                      RtObject *kwnames)
{
    (void)args;
    if (!rt__accepts(t, "weakref", count, 0, kwnames)) return NULL;
    RtObject *object = rt_weakref_get(t, ref);
    return object != NULL ? object : rt_none();
}

const RtSlots rt__weakref_slots = {.construct = construct, .call = call};

bool rt__weakref_fill(RtThread *t, RtObject *module)
{
    return rt__module_add_type(t, module, "ref", &rt__weakref_type) &&
           rt__module_add_type(t, module, "ReferenceType", &rt__weakref_type);
}
