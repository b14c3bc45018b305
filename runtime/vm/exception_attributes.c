// exception_attributes.c: what every exception has by itself: its arguments, what it came of,
// and what the arguments of some classes mean.
#include <stddef.h>
#include <string.h>

#include "object/tuple.h"
#include "vm/exception.h"
#include "vm/operations.h"

// `offset` is that of its slot; 0: it has none.
typedef struct OwnAttribute {
    RtVmName name;
    uint32_t offset;
    const char *complaint; // of a value that it cannot have
} OwnAttribute;

static const OwnAttribute own_attributes[] = {
    {RT_NAME_args, offsetof(RtException, args), ""},
    {RT_NAME_cause, offsetof(RtException, cause),
     "exception cause must be None or derive from BaseException"},
    {RT_NAME_context, offsetof(RtException, context),
     "exception context must be None or derive from BaseException"},
    {RT_NAME_suppress, 0, "attribute value type must be bool"},
    {RT_NAME_traceback, 0, "__traceback__ must be a traceback or None"},
};

static const OwnAttribute *find_own(RtThread *t, RtObject *name)
{
    for (size_t i = 0; i < sizeof own_attributes / sizeof own_attributes[0]; i++) {
        if (rt__name(t, own_attributes[i].name) == name) return &own_attributes[i];
    }
    return NULL;
}

bool rt__exception_owns(RtThread *t, RtObject *name)
{
    return find_own(t, name) != NULL;
}

// ------------------------------------------------------------------ reading

// The class whose instances have the attribute, and which of their arguments it is, if there
// are at least so many.
static RtObject *owner_of(RtThread *t, const char *name, size_t *index, size_t *least)
{
    *index = strcmp(name, "strerror") == 0;
    *least = 1;
    if (strcmp(name, "value") == 0) return rt__error_class(t, RT_ERROR_STOP_ITERATION);
    if (strcmp(name, "code") == 0) return rt__vm(t)->system_exit;
    *least = 2;
    bool known = *index == 1 || strcmp(name, "errno") == 0;
    return known ? rt__error_class(t, RT_ERROR_OS) : NULL;
}

// value, code, errno, strerror; NULL without an error: it has no such.
static RtObject *get_argument(RtThread *t, RtObject *exception, RtObject *name)
{
    size_t index, least;
    RtObject *owner = owner_of(t, rt_str_bytes_borrowed(name, NULL), &index, &least);
    if (owner == NULL || !rt__is_instance(exception, rt__type_of_class(owner))) return NULL;
    RtObject *args = rt__record_read(t, exception, offsetof(RtException, args));
    RtObject *value = rt_tuple_size(args) >= least ? rt_tuple_get(t, args, index) : rt_none();
    rt_decref(t, args);
    return value;
}

RtObject *rt__exception_get(RtThread *t, RtObject *exception, RtObject *name)
{
    const OwnAttribute *own = find_own(t, name);
    if (own != NULL && own->name == RT_NAME_suppress)
        return rt_bool(rt__exception_hides_context((RtException *)exception));
    if (own != NULL) {
        RtObject *value = own->offset != 0 ? rt__record_read(t, exception, own->offset) : NULL;
        return value != NULL ? value : rt_none();
    }
    RtObject *value = rt__record_get(t, exception, name);
    if (value != NULL || rt_error_kind(t) != RT_ERROR_NONE) return value;
    return get_argument(t, exception, name);
}

// ------------------------------------------------------------------ setting

static bool may_be(const OwnAttribute *own, RtObject *value)
{
    if (own->name == RT_NAME_suppress) return rt__is_type(value, &rt__bool_type);
    if (value == rt_none() || own->name == RT_NAME_args) return true;
    return own->name != RT_NAME_traceback && rt__is_exception(value);
}

static bool set_own(RtThread *t, RtObject *exception, const OwnAttribute *own, RtObject *value)
{
    RtException *it = (RtException *)exception;
    if (own->name == RT_NAME_suppress) rt__exception_hide_context(it, value == rt_bool(true));
    if (own->name == RT_NAME_cause) rt__exception_hide_context(it, true);
    if (own->offset == 0) return true;
    RtObject *kept = NULL;
    if (own->name == RT_NAME_args) {
        kept = rt__tuple_of(t, value);
        if (kept == NULL) return false;
    } else if (value != rt_none()) {
        kept = rt_new_ref(t, value);
    }
    rt__record_write(t, exception, own->offset, kept);
    return true;
}

int rt__exception_set(RtThread *t, RtObject *exception, RtObject *name, RtObject *value)
{
    const OwnAttribute *own = find_own(t, name);
    if (own == NULL) return rt__record_set(t, exception, name, value);
    if (value == NULL) {
        rt__error_format(t, RT_ERROR_TYPE, "%s may not be deleted",
                         rt_str_bytes_borrowed(name, NULL));
        return -1;
    }
    if (!may_be(own, value)) {
        rt_error_set(t, RT_ERROR_TYPE, own->complaint);
        return -1;
    }
    return set_own(t, exception, own, value) ? 1 : -1;
}
