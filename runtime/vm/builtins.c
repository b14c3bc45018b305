// builtins.c: the functions that every program has.
#include "vm/builtins.h"

#include <string.h>

#include "object/format.h"
#include "object/int.h"
#include "object/set.h"
#include "object/tuple.h"
#include "object/value.h"
#include "vm/iterator.h"
#include "vm/operations.h"

#define NATIVE(name)                                                                           \
    static RtObject *name(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
#define UNUSED (void)t, (void)args, (void)count, (void)kwnames

// ------------------------------------------------------------------ print

static bool add_text(RtBuffer *buffer, RtObject *object)
{
    RtObject *text = rt__str(buffer->t, object);
    if (text == NULL) return false;
    rt__buffer_add_str(buffer, text);
    rt_decref(buffer->t, text);
    return true;
}

// The str of keyword `name`, or `text` if it was not given or None.
static bool add_keyword(RtBuffer *buffer, RtObject *value, const char *text)
{
    if (value == NULL || value == rt_none()) {
        rt__buffer_add_text(buffer, text);
        return true;
    }
    if (!rt_str_check(value)) {
        rt__error_format(buffer->t, RT_ERROR_TYPE, "sep and end must be None or a string, not %s",
                         value->type->name);
        return false;
    }
    rt__buffer_add_str(buffer, value);
    return true;
}

// Where `file` is given, its write method gets the text.
static bool put(RtThread *t, RtObject *file, RtObject *text)
{
    size_t size;
    const char *bytes = rt_str_bytes_borrowed(text, &size);
    if (file == NULL || file == rt_none()) return rt__output_write(t, bytes, size);
    RtObject *name = rt_str_intern(t, "write", 5);
    RtObject *args[] = {file, text};
    RtObject *result = name != NULL ? rt__call_method(t, name, args, 2) : NULL;
    rt_decref_null(t, result);
    return result != NULL;
}

NATIVE(print)
{
    static const char *const names[] = {"sep", "end", "file", "flush", NULL};
    if (!rt__keywords_known(t, "print", kwnames, names)) return NULL;
    RtObject *separator = rt__keyword_borrowed(args, count, kwnames, "sep");
    RtObject *flush = rt__keyword_borrowed(args, count, kwnames, "flush");
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    bool good = true;
    for (size_t i = 0; good && i < count; i++)
        good = (i == 0 || add_keyword(&buffer, separator, " ")) && add_text(&buffer, args[i]);
    good = good && add_keyword(&buffer, rt__keyword_borrowed(args, count, kwnames, "end"), "\n");
    if (!good) rt__buffer_fail(&buffer);
    RtObject *text = rt__buffer_finish(&buffer);
    if (text == NULL) return NULL;
    good = put(t, rt__keyword_borrowed(args, count, kwnames, "file"), text);
    rt_decref(t, text);
    if (good && flush != NULL && rt__truth(t, flush) > 0) good = rt__output_flush(t);
    return good ? rt_none() : NULL;
}

// ------------------------------------------------------------------ any object

NATIVE(len)
{
    UNUSED;
    int64_t length = rt__length(t, args[0]);
    return length < 0 ? NULL : rt_int_new(t, length);
}

NATIVE(repr)
{
    UNUSED;
    return rt_object_repr(t, args[0]);
}

NATIVE(id)
{
    UNUSED;
    return rt_int_new(t, (int64_t)(uintptr_t)args[0]);
}

NATIVE(hash)
{
    UNUSED;
    int64_t value = rt_object_hash(t, args[0]);
    if (value == -1) rt__name_unhashable(t, args[0]);
    return value == -1 ? NULL : rt_int_new(t, value >> 2); // ints have 62 bits without digits
}

NATIVE(callable)
{
    UNUSED;
    const RtSlots *slots = args[0]->type->slots;
    if (args[0]->type->is_class) return rt_bool(rt__special(args[0], RT_NAME_call) != NULL);
    return rt_bool(slots != NULL && slots->call != NULL);
}

NATIVE(iter)
{
    UNUSED;
    return rt__iter(t, args[0]);
}

NATIVE(next)
{
    UNUSED;
    RtObject *item = rt__next(t, args[0]);
    if (item != NULL || rt_error_kind(t) != RT_ERROR_NONE) return item;
    if (count == 2) return rt_new_ref(t, args[1]);
    rt_error_set(t, RT_ERROR_STOP_ITERATION, "");
    return NULL;
}

// ------------------------------------------------------------------ types

// Whether `type` is derived from a class, or from one of a tuple's. 1, 0, -1.
static int is_derived(RtThread *t, const RtType *type, RtObject *of, const char *function)
{
    if (rt__is_class(of)) return rt__is_subtype(type, rt__type_of_class(of));
    if (of->type == &rt__tuple_type) {
        int found = 0;
        for (size_t i = 0; found == 0 && i < rt_tuple_size(of); i++)
            found = is_derived(t, type, rt__tuple_item(of, i), function);
        return found;
    }
    rt__error_format(t, RT_ERROR_TYPE, "%s() arg 2 must be a %s, a tuple of %s, or a union",
                     function, function[2] == 'i' ? "type" : "class",
                     function[2] == 'i' ? "types" : "classes");
    return -1;
}

NATIVE(isinstance)
{
    UNUSED;
    int found = is_derived(t, args[0]->type, args[1], "isinstance");
    return found < 0 ? NULL : rt_bool(found);
}

NATIVE(issubclass)
{
    UNUSED;
    if (!rt__is_class(args[0])) {
        rt_error_set(t, RT_ERROR_TYPE, "issubclass() arg 1 must be a class");
        return NULL;
    }
    int found = is_derived(t, rt__type_of_class(args[0]), args[1], "issubclass");
    return found < 0 ? NULL : rt_bool(found);
}

// ------------------------------------------------------------------ attributes

static bool is_name(RtThread *t, RtObject *name)
{
    if (rt_str_check(name)) return true;
    rt__error_format(t, RT_ERROR_TYPE, "attribute name must be string, not '%s'",
                     name->type->name);
    return false;
}

NATIVE(getattr)
{
    UNUSED;
    if (!is_name(t, args[1])) return NULL;
    if (count == 2) return rt__get_attr(t, args[0], args[1]);
    RtObject *value;
    int found = rt__find_attr(t, args[0], args[1], &value);
    return found == 0 ? rt_new_ref(t, args[2]) : value;
}

NATIVE(hasattr)
{
    UNUSED;
    if (!is_name(t, args[1])) return NULL;
    RtObject *value;
    int found = rt__find_attr(t, args[0], args[1], &value);
    rt_decref_null(t, value);
    return found < 0 ? NULL : rt_bool(found);
}

NATIVE(setattr)
{
    UNUSED;
    bool done = is_name(t, args[1]) && rt__set_attr(t, args[0], args[1], args[2]);
    return done ? rt_none() : NULL;
}

NATIVE(delattr)
{
    UNUSED;
    bool done = is_name(t, args[1]) && rt__set_attr(t, args[0], args[1], NULL);
    return done ? rt_none() : NULL;
}

// ------------------------------------------------------------------ the table

static const RtBuiltin functions[] = {
    RT_FUNCTION_KW("print", print, 0, RT_ANY_COUNT),
    RT_FUNCTION("len", len, 1, 1),
    RT_FUNCTION("repr", repr, 1, 1),
    RT_FUNCTION("id", id, 1, 1),
    RT_FUNCTION("hash", hash, 1, 1),
    RT_FUNCTION("callable", callable, 1, 1),
    RT_FUNCTION("iter", iter, 1, 1),
    RT_FUNCTION("next", next, 1, 2),
    RT_FUNCTION("isinstance", isinstance, 2, 2),
    RT_FUNCTION("issubclass", issubclass, 2, 2),
    RT_FUNCTION("getattr", getattr, 2, 3),
    RT_FUNCTION("hasattr", hasattr, 2, 2),
    RT_FUNCTION("setattr", setattr, 3, 3),
    RT_FUNCTION("delattr", delattr, 2, 2),
    RT_BUILTIN_END,
};

static const RtType *const types[] = {
    &rt__bool_type, &rt__int_type,  &rt__float_type, &rt__str_type,   &rt__tuple_type,
    &rt__list_type, &rt__dict_type, &rt__set_type,   &rt__range_type, &rt__slice_type,
    &rt__type_type, &rt__object_type, &rt__super_type,
};

bool rt__builtins_fill(RtThread *t, RtObject *module)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (!rt__module_set(t, module, types[i]->name, rt__class_object(types[i]))) return false;
    }
    return rt__module_set(t, module, "NotImplemented", rt_not_implemented()) &&
           rt__module_add_builtins(t, module, functions);
}
