// functions.c: the functions that every program has.
#include "vm/builtins.h"

#include <string.h>

#include "builtins/builtins.h"
#include "object/bytes.h"
#include "object/format.h"
#include "object/int.h"
#include "object/set.h"
#include "object/tuple.h"
#include "object/value.h"
#include "vm/descriptor.h"
#include "vm/iterator.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ print

static bool add_text(RtBuffer *buffer, RtObject *object)
{
    RtObject *text = rt__str(buffer->t, object);
    if (text == NULL) return false;
    rt__buffer_add_str(buffer, text);
    rt_decref(buffer->t, text);
    return true;
}

static bool is_str_or_none(RtThread *t, const RtObject *value, const char *keyword)
{
    if (value == NULL || value == rt_none() || rt_str_check(value)) return true;
    rt__error_format(t, RT_ERROR_TYPE, "%s must be None or a string, not %s", keyword,
                     value->type->name);
    return false;
}

// A keyword's str, or `text` if it was not given or None.
static void add_keyword(RtBuffer *buffer, RtObject *value, const char *text)
{
    if (value == NULL || value == rt_none())
        rt__buffer_add_text(buffer, text);
    else
        rt__buffer_add_str(buffer, value);
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

// What is to be printed, as one str.
static RtObject *printed(RtThread *t, RtObject *const *args, size_t count, RtObject *separator,
                         RtObject *end)
{
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        if (i > 0) add_keyword(&buffer, separator, " ");
        good = add_text(&buffer, args[i]);
    }
    add_keyword(&buffer, end, "\n");
    if (!good) rt__buffer_fail(&buffer);
    return rt__buffer_finish(&buffer);
}

NATIVE(print)
{
    static const char *const names[] = {"sep", "end", "file", "flush", NULL};
    RtObject *values[4];
    if (!rt__arguments(t, "print", args + count, 0, kwnames, names, values)) return NULL;
    if (!is_str_or_none(t, values[0], "sep") || !is_str_or_none(t, values[1], "end"))
        return NULL;
    RtObject *text = printed(t, args, count, values[0], values[1]);
    if (text == NULL) return NULL;
    bool good = put(t, values[2], text);
    rt_decref(t, text);
    if (good && values[3] != NULL && rt__truth(t, values[3]) > 0) good = rt__output_flush(t);
    return good ? rt_none() : NULL;
}

// ------------------------------------------------------------------ any object

NATIVE(len)
{
    int64_t length = rt__length(t, args[0]);
    return length < 0 ? NULL : rt_int_new(t, length);
}

NATIVE(repr)
{
    return rt_object_repr(t, args[0]);
}

NATIVE(id)
{
    return rt_int_new(t, (int64_t)(uintptr_t)args[0]);
}

NATIVE(hash)
{
    int64_t value = rt_object_hash(t, args[0]);
    return value == -1 ? NULL : rt_int_new(t, value);
}

NATIVE(callable)
{
    const RtSlots *slots = args[0]->type->slots;
    if (args[0]->type->is_class) return rt_bool(rt__special(args[0], RT_NAME_call) != NULL);
    return rt_bool(slots != NULL && slots->call != NULL);
}

NATIVE(iter)
{
    return rt__iter(t, args[0]);
}

NATIVE(next)
{
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
    int found = is_derived(t, args[0]->type, args[1], "isinstance");
    return found < 0 ? NULL : rt_bool(found);
}

NATIVE(issubclass)
{
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
    if (!is_name(t, args[1])) return NULL;
    if (count == 2) return rt__get_attr(t, args[0], args[1]);
    RtObject *value;
    int found = rt__find_attr(t, args[0], args[1], &value);
    return found == 0 ? rt_new_ref(t, args[2]) : value;
}

NATIVE(hasattr)
{
    if (!is_name(t, args[1])) return NULL;
    RtObject *value;
    int found = rt__find_attr(t, args[0], args[1], &value);
    rt_decref_null(t, value);
    return found < 0 ? NULL : rt_bool(found);
}

NATIVE(setattr)
{
    bool done = is_name(t, args[1]) && rt__set_attr(t, args[0], args[1], args[2]);
    return done ? rt_none() : NULL;
}

NATIVE(delattr)
{
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
    &rt__bool_type,        &rt__int_type,      &rt__float_type,
    &rt__str_type,         &rt__tuple_type,    &rt__list_type,
    &rt__dict_type,        &rt__set_type,      &rt__range_type,
    &rt__slice_type,       &rt__type_type,     &rt__object_type,
    &rt__super_type,       &rt__bytes_type,    &rt__staticmethod_type,
    &rt__classmethod_type, &rt__property_type, NULL,
};

static bool add_types(RtThread *t, RtObject *module, const RtType *const *of)
{
    for (; *of != NULL; of++) {
        if (!rt__module_set(t, module, (*of)->name, rt__class_object(*of))) return false;
    }
    return true;
}

bool rt__builtins_fill(RtThread *t, RtObject *module)
{
    return rt__module_set(t, module, "NotImplemented", rt_not_implemented()) &&
           add_types(t, module, types) && add_types(t, module, rt__iterator_types) &&
           rt__module_add_builtins(t, module, functions) &&
           rt__module_add_builtins(t, module, rt__number_functions);
}
