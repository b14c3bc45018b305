// build.c: what instructions build: classes, strings, formatted values; and `with`.
#include <stdio.h>

#include "object/format.h"
#include "object/tuple.h"
#include "object/utf8.h"
#include "vm/operations.h"

RtObject *rt__build_string(RtThread *t, RtObject *const *pieces, size_t count)
{
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    for (size_t i = 0; i < count; i++) {
        if (rt_str_check(pieces[i])) {
            rt__buffer_add_str(&buffer, pieces[i]);
        } else {
            rt_error_set(t, RT_ERROR_SYSTEM, "a string is built of something else");
            rt__buffer_fail(&buffer);
        }
    }
    return rt__buffer_finish(&buffer);
}

RtObject *rt__str(RtThread *t, RtObject *object)
{
    if (rt_str_check(object)) return rt_new_ref(t, object);
    const RtSlots *slots = object->type->slots;
    return slots != NULL && slots->str != NULL ? slots->str(t, object)
                                               : rt_object_repr(t, object);
}

RtObject *rt__format_object(RtThread *t, RtObject *object, RtObject *spec)
{
    size_t size = 0;
    if (spec != NULL) rt_str_bytes_borrowed(spec, &size);
    const RtSlots *slots = object->type->slots;
    if (slots != NULL && slots->format != NULL)
        return slots->format(t, object, spec != NULL ? spec : rt__name(t, RT_NAME_empty));
    if (size == 0) return rt__str(t, object);
    rt__error_format(t, RT_ERROR_TYPE, "unsupported format string passed to %s.__format__",
                     object->type->name);
    return NULL;
}

// A copy of `str` in which what is not ASCII is escaped.
static RtObject *to_ascii_steal(RtThread *t, RtObject *str)
{
    size_t size;
    const char *at = rt_str_bytes_borrowed(str, &size), *end = at + size;
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    while (at < end) {
        char text[16];
        uint32_t point = rt__utf8_next(&at);
        if (point < 0x80)
            snprintf(text, sizeof text, "%c", (int)point);
        else if (point < 0x100)
            snprintf(text, sizeof text, "\\x%02x", point);
        else
            snprintf(text, sizeof text, point < 0x10000 ? "\\u%04x" : "\\U%08x", point);
        rt__buffer_add_text(&buffer, text);
    }
    rt_decref(t, str);
    return rt__buffer_finish(&buffer);
}

RtObject *rt__format_value(RtThread *t, RtObject *object, RtObject *spec, uint32_t conversion)
{
    if (spec != NULL && !rt_str_check(spec)) {
        rt_error_set(t, RT_ERROR_SYSTEM, "a format spec that is no string");
        return NULL;
    }
    if (conversion == 0) return rt__format_object(t, object, spec);
    RtObject *text = conversion == 's' ? rt__str(t, object) : rt_object_repr(t, object);
    if (text != NULL && conversion == 'a') text = to_ascii_steal(t, text);
    if (text == NULL || spec == NULL) return text;
    RtObject *result = rt__format_object(t, text, spec);
    rt_decref(t, text);
    return result;
}

// ------------------------------------------------------------------ classes

static bool check_class(RtThread *t, RtObject *const *base, size_t bases)
{
    if (base[0]->type == &rt__function_type && rt_str_check(base[1]) && bases <= 1) return true;
    if (bases > 1)
        rt_error_set(t, RT_ERROR_TYPE, "multiple inheritance is not supported");
    else
        rt_error_set(t, RT_ERROR_SYSTEM, "a class is built of something else");
    return false;
}

// The body returns the cell that its methods find __class__ in.
RtObject *rt__build_class(RtThread *t, RtObject *const *base, size_t bases)
{
    if (!check_class(t, base, bases)) return NULL;
    RtObject *namespace_ = rt_dict_new(t);
    if (namespace_ == NULL) return NULL;
    RtObject *cell = rt__call_function(t, base[0], &namespace_, 1, NULL);
    RtObject *class_ =
        cell != NULL ? rt__class_new(t, base[1], bases > 0 ? base[2] : NULL, namespace_) : NULL;
    if (class_ != NULL)
        rt__class_of_type(rt__type_of_class(class_))->qualname =
            rt__function_of(base[0])->code->qualname;
    if (class_ != NULL && cell->type == &rt__cell_type)
        rt_decref_null(t, rt__cell_swap_steal(t, cell, rt_new_ref(t, class_)));
    rt_decref_null(t, cell);
    rt_decref(t, namespace_);
    return class_;
}

// ------------------------------------------------------------------ with

static RtObject *native_method(RtThread *t, const RtType *type, RtVmName name)
{
    RtClass *owner;
    uint32_t index;
    return rt__type_find(t, type, rt__name(t, name), &owner, &index);
}

// Borrowed: what a class has is immortal, what a builtin type has is static.
static RtManager manager_of(RtThread *t, RtObject *object)
{
    const RtType *type = object->type;
    if (type->is_class)
        return (RtManager){type, rt__special(object, RT_NAME_enter),
                           rt__special(object, RT_NAME_exit)};
    RtManager *kept = &t->vm->managers[(uintptr_t)type / sizeof *type % RT_VM_MANAGERS];
    if (kept->type != type)
        *kept = (RtManager){type, native_method(t, type, RT_NAME_enter),
                            native_method(t, type, RT_NAME_exit)};
    return *kept;
}

static RtObject *no_manager(RtThread *t, RtObject *object, bool missed_exit)
{
    rt__error_format(t, RT_ERROR_TYPE,
                     "'%s' object does not support the context manager protocol%s",
                     object->type->name, missed_exit ? " (missed __exit__ method)" : "");
    return NULL;
}

// A method that was found on a builtin type need not be asked whether it is one of it.
static RtObject *call_manager(RtThread *t, RtObject *method, RtObject *const *args,
                              size_t count)
{
    if (args[0]->type->is_class) return rt__call_special(t, method, args, count);
    return rt__call_builtin(t, (const RtBuiltin *)(const void *)method, args, count, NULL);
}

RtObject *rt__with_enter(RtThread *t, RtObject *object)
{
    RtManager manager = manager_of(t, object);
    if (manager.enter == NULL) return no_manager(t, object, false);
    if (manager.exit == NULL) return no_manager(t, object, true);
    return call_manager(t, manager.enter, &object, 1);
}

int rt__with_exit(RtThread *t, RtObject *object, RtObject *exception)
{
    RtObject *none = rt_none();
    RtObject *args[] = {object, none, none, none};
    if (exception != NULL) {
        args[1] = rt__class_object(exception->type);
        args[2] = exception;
    }
    RtManager manager = manager_of(t, object);
    if (manager.exit == NULL) {
        no_manager(t, object, true);
        return -1;
    }
    RtObject *result = call_manager(t, manager.exit, args, 4);
    if (result == NULL) return -1;
    int swallows = exception != NULL ? rt__truth(t, result) : 0;
    rt_decref(t, result);
    return swallows;
}
