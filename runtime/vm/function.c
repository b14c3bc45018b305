// function.c: functions, cells and bound methods.
//
// The first function made of a code without free variables is immortal: the code is, and it is
// one function for each `def` of a module or class body, which all threads then call without
// counting. Later ones of the same code, and closures, are counted as other objects are.
#include "vm/function.h"

#include <string.h>

#include "object/error.h"
#include "object/format.h"
#include "object/slots.h"
#include "object/track.h"
#include "object/tuple.h"
#include "object/value.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ functions

void rt__function_keep(RtObject *object)
{
    if (object->type == &rt__function_type && !rt_ref_is_immortal(&object->ref))
        rt_ref_make_immortal(&object->ref);
}

static bool check_closure(RtThread *t, const RtCode *code, RtObject *closure)
{
    size_t count = closure != NULL ? rt_tuple_size(closure) : 0;
    bool good = count == code->free_count;
    for (size_t i = 0; good && i < count; i++)
        good = rt__is_type(rt__tuple_item(closure, i), &rt__cell_type);
    if (!good) rt_error_set(t, RT_ERROR_SYSTEM, "a closure that does not fit the code");
    return good;
}

RtObject *rt__function_new(RtThread *t, RtCode *code, RtObject *defaults, RtObject *closure)
{
    if (!check_closure(t, code, closure)) return NULL;
    if (defaults != NULL && rt_tuple_size(defaults) > code->arg_count) {
        rt_error_set(t, RT_ERROR_SYSTEM, "more defaults than parameters");
        return NULL;
    }
    RtFunction *function =
        (RtFunction *)rt__object_new(t, &rt__function_type, sizeof(RtFunction));
    if (rt_unlikely(function == NULL)) return NULL;
    function->code = code;
    function->defaults = defaults != NULL ? rt_new_ref(t, defaults) : NULL;
    function->closure = closure != NULL ? rt_new_ref(t, closure) : NULL;
    uint32_t none = 0;
    if (closure == NULL && rt_atomic_cas_relaxed(&code->has_function, &none, 1u))
        rt_ref_make_immortal(&function->base.ref); // nobody else has seen it
    else
        rt__gc_track(t, &function->base);
    return &function->base;
}

static bool is_tuple(const RtObject *object)
{
    return object == NULL || object->type == &rt__tuple_type;
}

RtObject *rt__function_make(RtThread *t, RtObject *code, RtObject *defaults, RtObject *closure)
{
    if (code->type == &rt__code_type && is_tuple(defaults) && is_tuple(closure))
        return rt__function_new(t, (RtCode *)code, defaults, closure);
    rt_error_set(t, RT_ERROR_SYSTEM, "a function is made of something else");
    return NULL;
}

static void function_finish(RtThread *t, RtObject *object)
{
    rt_decref_null(t, rt__function_of(object)->defaults);
    rt_decref_null(t, rt__function_of(object)->closure);
}

static int function_traverse(RtObject *object, RtVisit visit, void *argument)
{
    RtFunction *function = rt__function_of(object);
    int stop = function->defaults != NULL ? visit(function->defaults, argument) : 0;
    if (stop == 0 && function->closure != NULL) stop = visit(function->closure, argument);
    return stop;
}

static RtObject *function_repr(RtThread *t, RtObject *object)
{
    const char *name = rt_str_bytes_borrowed(rt__function_of(object)->code->qualname, NULL);
    return rt__format(t, "<function %s at %p>", name, (void *)object);
}

static RtObject *function_get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    RtFunction *function = rt__function_of(object);
    if (name == rt__name(t, RT_NAME_name)) return rt_new_ref(t, function->code->name);
    if (name == rt__name(t, RT_NAME_qualname)) return rt_new_ref(t, function->code->qualname);
    if (name == rt__name(t, RT_NAME_module)) return rt_new_ref(t, rt__name(t, RT_NAME_main));
    return name == rt__name(t, RT_NAME_doc) ? rt_none() : NULL;
}

static const RtSlots function_slots = {
    .call = rt__call_function,
    .get_attr = function_get_attr,
};

const RtType rt__function_type = {
    RT_TYPE_BASE,
    .name = "function",
    .slots = &function_slots,
    .finish = function_finish,
    .traverse = function_traverse,
    .hash = rt__identity_hash,
    .repr = function_repr,
    .trash_link = offsetof(RtFunction, trash),
};

// ------------------------------------------------------------------ binding arguments

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static bool too_many(RtThread *t, const RtFunction *function, size_t count)
{
    const RtCode *code = function->code;
    const char *name = rt_str_bytes_borrowed(code->qualname, NULL);
    size_t defaults = function->defaults != NULL ? rt_tuple_size(function->defaults) : 0;
    const char *were = count == 1 ? "was" : "were";
    if (defaults > 0)
        rt__error_format(t, RT_ERROR_TYPE,
                         "%s() takes from %zu to %u positional arguments but %zu %s given", name,
                         code->arg_count - defaults, code->arg_count, count, were);
    else
        rt__error_format(t, RT_ERROR_TYPE,
                         "%s() takes %u positional argument%s but %zu %s given", name,
                         code->arg_count, plural(code->arg_count), count, were);
    return false;
}

// "'a'", "'a' and 'b'", "'a', 'b', and 'c'", as CPython lists them.
static bool missing(RtThread *t, const RtFunction *function, RtObject **args, size_t required)
{
    const RtCode *code = function->code;
    size_t count = 0, seen = 0;
    for (size_t i = 0; i < required; i++)
        count += args[i] == NULL;
    RtBuffer names;
    rt__buffer_begin(&names, t);
    for (size_t i = 0; i < required; i++) {
        if (args[i] != NULL) continue;
        seen++;
        if (seen > 1) rt__buffer_add_text(&names, count > 2 ? ", " : " ");
        if (seen > 1 && seen == count) rt__buffer_add_text(&names, "and ");
        rt__buffer_add_repr(&names, code->local_names[i]);
    }
    RtObject *list = rt__buffer_finish(&names);
    if (list == NULL) return false;
    rt__error_format(t, RT_ERROR_TYPE, "%s() missing %zu required positional argument%s: %s",
                     rt_str_bytes_borrowed(code->qualname, NULL), count, plural(count),
                     rt_str_bytes_borrowed(list, NULL));
    rt_decref(t, list);
    return false;
}

// Fills what was not given from the defaults.
static bool fill(RtThread *t, RtFunction *function, RtObject **args)
{
    size_t defaults = function->defaults != NULL ? rt_tuple_size(function->defaults) : 0;
    size_t required = function->code->arg_count - defaults;
    for (size_t i = 0; i < required; i++) {
        if (args[i] == NULL) return missing(t, function, args, required);
    }
    for (size_t i = 0; i < defaults; i++) {
        if (args[required + i] == NULL)
            args[required + i] = rt_new_ref(t, rt__tuple_item(function->defaults, i));
    }
    return true;
}

bool rt__function_bind(RtThread *t, RtFunction *function, RtObject **args, size_t count)
{
    if (count > function->code->arg_count) return too_many(t, function, count);
    return fill(t, function, args);
}

// The number of the parameter with this name, or -1.
static int64_t parameter(const RtCode *code, RtObject *name)
{
    for (uint32_t i = 0; i < code->arg_count; i++) {
        if (code->local_names[i] == name) return i;
    }
    return -1;
}

static bool unexpected(RtThread *t, const RtFunction *function, RtObject *name, const char *how)
{
    rt__error_format(t, RT_ERROR_TYPE, how,
                     rt_str_bytes_borrowed(function->code->qualname, NULL),
                     rt_str_bytes_borrowed(name, NULL));
    return false;
}

// The values wait in `values` while each finds its parameter.
static bool place(RtThread *t, RtFunction *function, RtObject **args, RtObject **values,
                  RtObject *kwnames)
{
    for (size_t i = 0; i < rt_tuple_size(kwnames); i++) {
        RtObject *name = rt__tuple_item(kwnames, i);
        int64_t index = parameter(function->code, name);
        if (index < 0)
            return unexpected(t, function, name, "%s() got an unexpected keyword argument '%s'");
        if (args[index] != NULL)
            return unexpected(t, function, name, "%s() got multiple values for argument '%s'");
        args[index] = values[i];
        values[i] = NULL;
    }
    return true;
}

bool rt__function_bind_keywords(RtThread *t, RtFunction *function, RtObject **args, size_t count,
                                RtObject *kwnames)
{
    RtObject *values[RT_MAX_REGISTERS];
    size_t keywords = rt_tuple_size(kwnames);
    size_t positional = count - keywords;
    if (positional > function->code->arg_count) return too_many(t, function, positional);
    for (size_t i = 0; i < keywords; i++) {
        values[i] = args[positional + i];
        args[positional + i] = NULL;
    }
    bool done = place(t, function, args, values, kwnames) && fill(t, function, args);
    for (size_t i = 0; i < keywords; i++)
        rt_decref_null(t, values[i]);
    return done;
}

// ------------------------------------------------------------------ cells

RtObject *rt__cell_new(RtThread *t, RtObject *contents)
{
    RtCell *cell = (RtCell *)rt__object_new(t, &rt__cell_type, sizeof(RtCell));
    if (rt_unlikely(cell == NULL)) return NULL;
    rt__slot_set(&cell->contents, contents != NULL ? rt_new_ref(t, contents) : NULL);
    rt__gc_track(t, &cell->base);
    return &cell->base;
}

static RtObject *cell_get_locked(RtThread *t, RtObject *object)
{
    RtSlot *slot = &rt__cell_of(object)->contents;
    RtHold hold = rt_hold_object(t, object);
    RtObject *contents = rt__slot_get(slot) != NULL ? rt__slot_share(t, slot) : NULL;
    rt_let_go(t, hold);
    return contents;
}

RtObject *rt__cell_get(RtThread *t, RtObject *object)
{
    if (RT_LOCK_ALLOWS_UNLOCKED_READS) {
        RtObject *contents = rt__slot_try_read(t, &rt__cell_of(object)->contents);
        if (rt_likely(contents != NULL)) return contents;
    }
    return cell_get_locked(t, object);
}

RtObject *rt__cell_swap_steal(RtThread *t, RtObject *object, RtObject *contents)
{
    RtSlot *slot = &rt__cell_of(object)->contents;
    RtHold hold = rt_hold_object(t, object);
    RtObject *old = rt__slot_get(slot);
    rt__slot_set(slot, contents);
    rt_let_go(t, hold);
    return old;
}

static void cell_clear(RtThread *t, RtObject *object)
{
    rt_decref_null(t, rt__cell_swap_steal(t, object, NULL));
}

static void cell_finish(RtThread *t, RtObject *object)
{
    rt_decref_null(t, rt__slot_get(&rt__cell_of(object)->contents));
}

static int cell_traverse(RtObject *object, RtVisit visit, void *argument)
{
    RtObject *contents = rt__slot_get(&rt__cell_of(object)->contents);
    return contents != NULL ? visit(contents, argument) : 0;
}

const RtType rt__cell_type = {
    RT_TYPE_BASE,
    .name = "cell",
    .finish = cell_finish,
    .traverse = cell_traverse,
    .clear = cell_clear,
    .hash = rt__identity_hash,
    .trash_link = offsetof(RtCell, trash),
};

// ------------------------------------------------------------------ bound methods

RtObject *rt__method_new(RtThread *t, RtObject *function, RtObject *self)
{
    RtBoundMethod *method =
        (RtBoundMethod *)rt__object_new(t, &rt__method_type, sizeof(RtBoundMethod));
    if (rt_unlikely(method == NULL)) return NULL;
    method->function = rt_new_ref(t, function);
    method->self = rt_new_ref(t, self);
    rt__gc_track(t, &method->base);
    return &method->base;
}

static inline RtBoundMethod *method_of(RtObject *object)
{
    return (RtBoundMethod *)object;
}

static RtObject *method_call(RtThread *t, RtObject *object, RtObject *const *args, size_t count,
                             RtObject *kwnames)
{
    RtObject *with_self[RT_MAX_REGISTERS];
    size_t all = count + (kwnames != NULL ? rt_tuple_size(kwnames) : 0);
    if (all >= RT_MAX_REGISTERS) {
        rt_error_set(t, RT_ERROR_TYPE, "too many arguments");
        return NULL;
    }
    with_self[0] = method_of(object)->self;
    if (all > 0) memcpy(with_self + 1, args, all * sizeof *args);
    RtObject *function = method_of(object)->function;
    // A native method of an object of a builtin type was found on that type; one of a class's may
    // be any that the program put there.
    if (function->type == &rt__builtin_type && !with_self[0]->type->is_class)
        return rt__call_builtin(t, (const RtBuiltin *)(const void *)function, with_self, count + 1,
                                kwnames);
    return rt__call(t, function, with_self, count + 1, kwnames);
}

static RtObject *method_get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    if (name == rt__name(t, RT_NAME_self)) return rt_new_ref(t, method_of(object)->self);
    if (name == rt__name(t, RT_NAME_func)) return rt_new_ref(t, method_of(object)->function);
    return rt__get_attr(t, method_of(object)->function, name);
}

static RtObject *method_repr(RtThread *t, RtObject *object)
{
    RtBoundMethod *method = method_of(object);
    if (method->function->type != &rt__function_type)
        return rt__format(t, "<built-in method of %s object at %p>", method->self->type->name,
                          (void *)method->self);
    RtObject *self = rt_object_repr(t, method->self);
    if (self == NULL) return NULL;
    const RtCode *code = rt__function_of(method->function)->code;
    RtObject *text = rt__format(t, "<bound method %s of %s>",
                                rt_str_bytes_borrowed(code->qualname, NULL),
                                rt_str_bytes_borrowed(self, NULL));
    rt_decref(t, self);
    return text;
}

static void method_finish(RtThread *t, RtObject *object)
{
    rt_decref(t, method_of(object)->function);
    rt_decref(t, method_of(object)->self);
}

static int method_traverse(RtObject *object, RtVisit visit, void *argument)
{
    int stop = visit(method_of(object)->function, argument);
    return stop != 0 ? stop : visit(method_of(object)->self, argument);
}

static int64_t method_hash(RtThread *t, RtObject *object)
{
    (void)t;
    int64_t hash = rt__value_hash_identity(method_of(object)->self) ^
                   rt__value_hash_identity(method_of(object)->function);
    return hash == -1 ? -2 : hash;
}

static int method_equal(RtThread *t, RtObject *a, RtObject *b)
{
    (void)t;
    return method_of(a)->function == method_of(b)->function &&
           method_of(a)->self == method_of(b)->self;
}

static const RtSlots method_slots = {.call = method_call, .get_attr = method_get_attr};

const RtType rt__method_type = {
    RT_TYPE_BASE,
    .name = "method",
    .slots = &method_slots,
    .finish = method_finish,
    .traverse = method_traverse,
    .hash = method_hash,
    .equal = method_equal,
    .repr = method_repr,
    .trash_link = offsetof(RtBoundMethod, trash),
};
