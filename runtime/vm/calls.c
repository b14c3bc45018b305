// calls.c: calling anything from native code, and the calls that are not of the program's own
// functions.
#include <string.h>

#include "object/format.h"
#include "object/tuple.h"
#include "vm/descriptor.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ native functions

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static const char *short_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL ? dot + 1 : name;
}

// CPython's words for functions that take keywords.
static void wrong_count_with_keywords(RtThread *t, const RtBuiltin *builtin, size_t count)
{
    const char *name = short_name(builtin->name);
    if (builtin->most == 0)
        rt__error_format(t, RT_ERROR_TYPE, "%s() takes no positional arguments", name);
    else if (count > builtin->most && builtin->least < builtin->most)
        rt__error_format(t, RT_ERROR_TYPE, "%s() takes at most %u argument%s (%zu given)", name,
                         builtin->most, plural(builtin->most), count);
    else if (builtin->least == builtin->most)
        rt__error_format(t, RT_ERROR_TYPE, "%s expected %u argument%s, got %zu", name,
                         builtin->most, plural(builtin->most), count);
    else if (builtin->most == RT_ANY_COUNT)
        rt__error_format(t, RT_ERROR_TYPE, "%s expected at least %u argument%s, got %zu", name,
                         builtin->least, plural(builtin->least), count);
    else
        rt__error_format(t, RT_ERROR_TYPE,
                         "%s() takes at least %u positional argument%s (%zu given)", name,
                         builtin->least, plural(builtin->least), count);
}

// And for those that take none: methods of none or one argument go by their full name.
static void wrong_count(RtThread *t, const RtBuiltin *builtin, size_t count)
{
    const char *name = short_name(builtin->name);
    if (builtin->least == builtin->most && builtin->most <= 1)
        rt__error_format(t, RT_ERROR_TYPE, "%s() takes %s (%zu given)", builtin->name,
                         builtin->most == 0 ? "no arguments" : "exactly one argument", count);
    else if (builtin->least == builtin->most)
        rt__error_format(t, RT_ERROR_TYPE, "%s expected %u arguments, got %zu", name,
                         builtin->most, count);
    else if (count < builtin->least)
        rt__error_format(t, RT_ERROR_TYPE, "%s expected at least %u argument%s, got %zu", name,
                         builtin->least, plural(builtin->least), count);
    else
        rt__error_format(t, RT_ERROR_TYPE, "%s expected at most %u argument%s, got %zu", name,
                         builtin->most, plural(builtin->most), count);
}

bool rt__builtin_accepts(RtThread *t, const RtBuiltin *builtin, size_t count, RtObject *kwnames)
{
    if (builtin->is_method && count == 0) {
        rt__error_format(t, RT_ERROR_TYPE, "unbound method %s() needs an argument",
                         builtin->name);
        return false;
    }
    count -= builtin->is_method;
    if (kwnames != NULL && rt_tuple_size(kwnames) > 0 && !builtin->takes_keywords) {
        rt__error_format(t, RT_ERROR_TYPE, "%s() takes no keyword arguments", builtin->name);
        return false;
    }
    if (rt_likely(count >= builtin->least &&
                  (count <= builtin->most || builtin->most == RT_ANY_COUNT)))
        return true;
    if (builtin->takes_keywords)
        wrong_count_with_keywords(t, builtin, count);
    else
        wrong_count(t, builtin, count);
    return false;
}

static bool has_row(const RtType *type, const RtBuiltin *builtin)
{
    const RtBuiltin *row = type->slots != NULL ? type->slots->methods : NULL;
    while (row != NULL && row->name != NULL && row != builtin)
        row++;
    return row == builtin;
}

// The same of a class that was made with native methods; in a program's class it may be
// borrowed.
static bool has_attribute(RtThread *t, const RtType *type, const RtBuiltin *builtin,
                          const char *name)
{
    uint32_t index;
    RtClass *class_ = rt__class_of_type(type);
    if (!class_->is_builtin) return false;
    RtObject *key = rt_str_intern(t, name, strlen(name));
    if (key == NULL) return false;
    RtObject *found = rt__table_named(t, &class_->type.base, &class_->attributes, key, &index);
    rt_decref_null(t, found);
    rt_decref(t, key);
    return found == &builtin->base;
}

// Whether a method is one of the object's type: str.upper(5) is not. Those that have no type in
// their names look themselves.
static bool fits(RtThread *t, const RtBuiltin *builtin, const RtObject *object)
{
    const char *dot = strrchr(builtin->name, '.');
    bool found = dot == NULL || has_row(&rt__object_type, builtin);
    for (const RtType *type = object->type; !found && type != NULL; type = type->parent)
        found = has_row(type, builtin) ||
                (type->is_class && has_attribute(t, type, builtin, dot + 1));
    if (!found && rt_error_kind(t) == RT_ERROR_NONE)
        rt__error_format(t, RT_ERROR_TYPE,
                         "descriptor '%s' for '%.*s' objects doesn't apply to a '%s' object",
                         dot + 1, (int)(dot - builtin->name), builtin->name,
                         object->type->name);
    return found;
}

RtObject *rt__call_builtin(RtThread *t, const RtBuiltin *builtin, RtObject *const *args,
                           size_t count, RtObject *kwnames)
{
    if (!rt__builtin_accepts(t, builtin, count, kwnames)) return NULL;
    return builtin->function(t, args, count, kwnames);
}

// As it is found on its type, if it is a method.
static RtObject *call_unbound(RtThread *t, const RtBuiltin *builtin, RtObject *const *args,
                              size_t count, RtObject *kwnames)
{
    if (builtin->is_method && count > 0 && !fits(t, builtin, args[0])) return NULL;
    return rt__call_builtin(t, builtin, args, count, kwnames);
}

RtObject *rt__keyword_borrowed(RtObject *const *args, size_t count, RtObject *kwnames,
                               const char *name)
{
    for (size_t i = 0; kwnames != NULL && i < rt_tuple_size(kwnames); i++) {
        RtObject *given = rt__tuple_item(kwnames, i);
        if (strcmp(rt_str_bytes_borrowed(given, NULL), name) == 0) return args[count + i];
    }
    return NULL;
}

bool rt__keywords_known(RtThread *t, const char *function, RtObject *kwnames,
                        const char *const *names)
{
    for (size_t i = 0; kwnames != NULL && i < rt_tuple_size(kwnames); i++) {
        const char *given = rt_str_bytes_borrowed(rt__tuple_item(kwnames, i), NULL);
        const char *const *known = names;
        while (*known != NULL && strcmp(*known, given) != 0)
            known++;
        if (*known != NULL) continue;
        rt__error_format(t, RT_ERROR_TYPE, "'%s' is an invalid keyword argument for %s()",
                         given, function);
        return false;
    }
    return true;
}

// ------------------------------------------------------------------ functions of the program

// Puts the arguments in a window past the running frame, where they have references of their
// own. False with an error: the window is empty again.
static bool place(RtThread *t, RtFunction *function, RtObject **window, RtObject *const *args,
                  size_t count, RtObject *kwnames)
{
    size_t all = count + (kwnames != NULL ? rt_tuple_size(kwnames) : 0);
    if (all > RT_MAX_REGISTERS) {
        rt_error_set(t, RT_ERROR_TYPE, "too many arguments");
        return false;
    }
    for (size_t i = 0; i < all; i++)
        window[i] = rt_new_ref(t, args[i]);
    bool good = kwnames != NULL ? rt__function_bind_keywords(t, function, window, all, kwnames)
                                : rt__function_bind(t, function, window, count);
    for (size_t i = 0; !good && i < RT_MAX_REGISTERS; i++) {
        rt_decref_null(t, window[i]);
        window[i] = NULL;
    }
    return good;
}

bool rt__may_nest(RtThread *t, const RtVmThread *vm)
{
    if (rt_likely(vm->nesting < RT_VM_MAX_NESTING)) return true;
    rt_error_set(t, RT_ERROR_RECURSION, "maximum recursion depth exceeded");
    return false;
}

RtObject *rt__call_function(RtThread *t, RtObject *callee, RtObject *const *args, size_t count,
                            RtObject *kwnames)
{
    RtVmThread *vm = rt__vm_thread(t);
    if (vm == NULL) return NULL;
    RtFunction *function = rt__function_of(callee);
    RtObject **window = rt__frame_top(vm);
    if (!rt__may_nest(t, vm)) return NULL;
    if (!place(t, function, window, args, count, kwnames)) return NULL;
    RtFrame *frame = rt__frame_push(t, vm, function->code, rt_new_ref(t, callee), window);
    if (frame == NULL) return NULL;
    frame->flags = RT_FRAME_ENTRY;
    return rt__eval(t, vm);
}

// ------------------------------------------------------------------ classes

static RtObject *no_arguments(RtThread *t, const RtClass *class_)
{
    rt__error_format(t, RT_ERROR_TYPE, "%s() takes no arguments", class_->type.name);
    return NULL;
}

static RtObject *initialised_steal(RtThread *t, RtObject *object, RtObject *init,
                                   RtObject *const *args, size_t count, RtObject *kwnames)
{
    RtObject *result = rt__call_bound(t, init, object, args, count, kwnames);
    bool good = result == rt_none();
    if (result != NULL && !good)
        rt__error_format(t, RT_ERROR_TYPE, "__init__() should return None, not '%s'",
                         result->type->name);
    rt_decref_null(t, result);
    if (good) return object;
    rt_decref(t, object);
    return NULL;
}

static RtObject *construct_class(RtThread *t, RtClass *class_, RtObject *const *args,
                                 size_t count, RtObject *kwnames)
{
    RtObject *init = rt_atomic_load_acquire(&class_->parts->specials[RT_NAME_init]);
    RtObject *object = class_->is_exception
                           ? rt__exception_new(t, &class_->type.base, args, count)
                           : rt__record_new(t, class_);
    if (object == NULL) return NULL;
    if (init != NULL && kwnames != NULL && class_->is_exception &&
        init->type == &rt__builtin_type) {
        rt_decref(t, object);
        rt__error_format(t, RT_ERROR_TYPE, "%s() takes no keyword arguments",
                         class_->type.name);
        return NULL;
    }
    if (init != NULL) return initialised_steal(t, object, init, args, count, kwnames);
    if (count == 0 && kwnames == NULL) return object;
    rt_decref(t, object);
    return no_arguments(t, class_);
}

RtObject *rt__construct(RtThread *t, RtObject *callee, RtObject *const *args, size_t count,
                        RtObject *kwnames)
{
    const RtType *type = rt__type_of_class(callee);
    if (type->is_class)
        return construct_class(t, rt__class_of_type(type), args, count, kwnames);
    if (type->slots != NULL && type->slots->construct != NULL)
        return type->slots->construct(t, type, args, count, kwnames);
    rt__error_format(t, RT_ERROR_TYPE, "cannot create '%s' instances", type->name);
    return NULL;
}

// ------------------------------------------------------------------ anything

RtObject *rt__call(RtThread *t, RtObject *callee, RtObject *const *args, size_t count,
                   RtObject *kwnames)
{
    const RtType *type = callee->type;
    if (type == &rt__function_type) return rt__call_function(t, callee, args, count, kwnames);
    if (type == &rt__builtin_type)
        return call_unbound(t, (const RtBuiltin *)(const void *)callee, args, count, kwnames);
    if (type == &rt__type_type) return rt__construct(t, callee, args, count, kwnames);
    if (type->slots != NULL && type->slots->call != NULL)
        return type->slots->call(t, callee, args, count, kwnames);
    rt__error_format(t, RT_ERROR_TYPE, "'%s' object is not callable", type->name);
    return NULL;
}

RtObject *rt__call_bound(RtThread *t, RtObject *special, RtObject *object,
                         RtObject *const *args, size_t count, RtObject *kwnames)
{
    RtObject *bound = rt__bind_steal(t, rt_new_ref(t, special), object, object->type);
    if (bound == NULL) return NULL;
    RtObject *result = rt__call(t, bound, args, count, kwnames);
    rt_decref(t, bound);
    return result;
}

RtObject *rt__call_special(RtThread *t, RtObject *special, RtObject *const *args, size_t count)
{
    if (rt_likely(rt__is_method(special))) return rt__call(t, special, args, count, NULL);
    return rt__call_bound(t, special, args[0], args + 1, count - 1, NULL);
}

RtObject *rt__call_method(RtThread *t, RtObject *name, RtObject *const *args, size_t count)
{
    RtCache unused = {.kind = RT_CACHE_NONE};
    bool with_self;
    name = rt__intern_str(t, name);
    RtObject *method = name != NULL && rt__vm_thread(t) != NULL
                           ? rt__load_method(t, args[0], name, &unused, &with_self)
                           : NULL;
    if (method == NULL) return NULL;
    RtObject *result = rt__call(t, method, args + !with_self, count - !with_self, NULL);
    rt_decref(t, method);
    return result;
}
