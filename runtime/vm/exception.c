// exception.c: exceptions as objects: making, raising, matching them.
#include "vm/exception.h"

#include <string.h>

#include "object/array.h"
#include "object/format.h"
#include "object/tuple.h"
#include "vm/module.h"
#include "vm/operations.h"

// Contexts that are followed: the program may have made a circle of them.
#define LONGEST_CHAIN 1000u

static inline RtException *exception_of(RtObject *object)
{
    RT_ASSERT(rt__is_exception(object));
    return (RtException *)object;
}

static RtObject *read_slot(RtThread *t, RtObject *object, RtSlot *slot)
{
    return rt__record_read(t, object, (uint32_t)((char *)slot - (char *)object));
}

static void write_slot(RtThread *t, RtObject *object, RtSlot *slot, RtObject *value_steal)
{
    rt__record_write(t, object, (uint32_t)((char *)slot - (char *)object), value_steal);
}

// ------------------------------------------------------------------ the type

static RtObject *tuple_of(RtThread *t, RtObject *const *items, size_t count)
{
    RtObject *tuple = rt_tuple_new(t, count);
    for (size_t i = 0; tuple != NULL && i < count; i++)
        rt_tuple_set_steal(tuple, i, rt_new_ref(t, items[i]));
    return tuple;
}

RtObject *rt__exception_new(RtThread *t, RtObject *class_, RtObject *const *args, size_t count)
{
    RtObject *tuple = tuple_of(t, args, count);
    if (tuple == NULL) return NULL;
    class_ = rt__os_error_class(t, class_, args, count);
    RtObject *exception = rt__record_new(t, rt__class_of_type(rt__type_of_class(class_)));
    if (exception == NULL)
        rt_decref(t, tuple);
    else
        rt__slot_set(&exception_of(exception)->args, tuple);
    return exception;
}

static void finish(RtThread *t, RtObject *object)
{
    RtException *exception = exception_of(object);
    rt_decref_null(t, rt__slot_get(&exception->args));
    rt_decref_null(t, rt__slot_get(&exception->cause));
    rt_decref_null(t, rt__slot_get(&exception->context));
    rt_array_free(exception->lines);
    rt__record_finish(t, object);
}

static void free_arrays(RtObject *object)
{
    rt_array_free(exception_of(object)->lines);
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    RtException *exception = exception_of(object);
    RtSlot *slots[] = {&exception->args, &exception->cause, &exception->context};
    int stop = 0;
    for (unsigned i = 0; i < 3 && stop == 0; i++) {
        RtObject *value = rt__slot_get(slots[i]);
        if (value != NULL) stop = visit(value, argument);
    }
    return stop != 0 ? stop : rt__record_traverse(object, visit, argument);
}

static void clear(RtThread *t, RtObject *object)
{
    RtException *exception = exception_of(object);
    write_slot(t, object, &exception->cause, NULL);
    write_slot(t, object, &exception->context, NULL);
    rt__record_clear(t, object);
}

// Of several arguments.
static RtObject *text_of_all(RtThread *t, RtObject *object, RtObject *args)
{
    const RtType *os_error = rt__type_of_class(rt__error_class(t, RT_ERROR_OS));
    if (rt_tuple_size(args) != 2 || !rt__is_instance(object, os_error))
        return rt_object_repr(t, args);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    rt__buffer_add_text(&buffer, "[Errno ");
    rt__buffer_add_steal(&buffer, rt__str(t, rt__tuple_item(args, 0)));
    rt__buffer_add_text(&buffer, "] ");
    rt__buffer_add_steal(&buffer, rt__str(t, rt__tuple_item(args, 1)));
    return rt__buffer_finish(&buffer);
}

// KeyError shows its key as a program would write it.
static RtObject *text_of(RtThread *t, RtObject *object)
{
    RtObject *args = read_slot(t, object, &exception_of(object)->args);
    RtObject *text;
    const RtType *key_error = rt__type_of_class(rt__error_class(t, RT_ERROR_KEY));
    if (rt_tuple_size(args) == 0)
        text = rt_str_new(t, "", 0);
    else if (rt_tuple_size(args) > 1)
        text = text_of_all(t, object, args);
    else if (rt__is_instance(object, key_error))
        text = rt_object_repr(t, rt__tuple_item(args, 0));
    else
        text = rt__str(t, rt__tuple_item(args, 0));
    rt_decref(t, args);
    return text;
}

static RtObject *str(RtThread *t, RtObject *object)
{
    RtObject *text = NULL;
    return rt__record_str(t, object, &text) != 0 ? text : text_of(t, object);
}

static RtObject *repr_of(RtThread *t, RtObject *object)
{
    RtObject *args = read_slot(t, object, &exception_of(object)->args);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    const char *name = strrchr(object->type->name, '.');
    rt__buffer_add_text(&buffer, name != NULL ? name + 1 : object->type->name);
    if (rt_tuple_size(args) == 1) {
        rt__buffer_add_text(&buffer, "(");
        rt__buffer_add_repr(&buffer, rt__tuple_item(args, 0));
        rt__buffer_add_text(&buffer, ")");
    } else {
        rt__buffer_add_repr(&buffer, args);
    }
    rt_decref(t, args);
    return rt__buffer_finish(&buffer);
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    RtObject *text = NULL;
    return rt__record_repr(t, object, &text) != 0 ? text : repr_of(t, object);
}

// ------------------------------------------------------------------ methods

static bool is_exceptions(RtThread *t, const RtObject *self)
{
    if (rt__is_exception(self)) return true;
    rt_error_set(t, RT_ERROR_TYPE, "an exception's method is called on something else");
    return false;
}

static RtObject *method_init(RtThread *t, RtObject *const *args, size_t count,
                             RtObject *kwnames)
{
    (void)kwnames;
    RtObject *tuple = is_exceptions(t, args[0]) ? tuple_of(t, args + 1, count - 1) : NULL;
    if (tuple == NULL) return NULL;
    write_slot(t, args[0], &exception_of(args[0])->args, tuple);
    return rt_none();
}

static RtObject *method_str(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
{
    (void)kwnames, (void)count;
    return is_exceptions(t, args[0]) ? text_of(t, args[0]) : NULL;
}

static RtObject *method_repr(RtThread *t, RtObject *const *args, size_t count,
                             RtObject *kwnames)
{
    (void)kwnames, (void)count;
    return is_exceptions(t, args[0]) ? repr_of(t, args[0]) : NULL;
}

static RtObject *method_with_traceback(RtThread *t, RtObject *const *args, size_t count,
                                       RtObject *kwnames)
{
    (void)kwnames, (void)count;
    return rt_new_ref(t, args[0]);
}

static const RtBuiltin methods[] = {
    RT_METHOD("__init__", method_init, 0, RT_ANY_COUNT),
    RT_METHOD("BaseException.__str__", method_str, 0, 0),
    RT_METHOD("BaseException.__repr__", method_repr, 0, 0),
    RT_METHOD("BaseException.with_traceback", method_with_traceback, 1, 1),
    RT_BUILTIN_END,
};

// ------------------------------------------------------------------ the classes

static RtObject *new_class(RtThread *t, const char *name, RtObject *parent)
{
    RtObject *text = rt_str_intern(t, name, strlen(name));
    RtObject *class_ = text != NULL ? rt__class_new(t, text, parent, NULL) : NULL;
    if (class_ != NULL) rt__class_of_type(rt__type_of_class(class_))->is_builtin = true;
    return class_;
}

RtObject *rt__exception_class_new(RtThread *t, const char *name, RtObject *parent)
{
    return new_class(t, name, parent);
}

// BaseException is a class of records with a longer head; all others are derived from it.
static bool become_base(RtThread *t, RtObject *class_)
{
    RtVm *vm = rt__vm(t);
    RtClass *base = rt__class_of_type(rt__type_of_class(class_));
    vm->exception_slots = *base->type.slots;
    vm->exception_slots.get_attr = rt__exception_get;
    vm->exception_slots.set_attr = rt__exception_set;
    vm->exception_slots.str = str;
    base->type.slots = &vm->exception_slots;
    base->type.finish = finish;
    base->type.free_arrays = free_arrays;
    base->type.traverse = traverse;
    base->type.clear = clear;
    base->type.repr = repr;
    base->is_exception = true;
    base->slots_offset = sizeof(RtException);
    base->instance_size += (uint32_t)(sizeof(RtException) - sizeof(RtRecord));
    for (const RtBuiltin *row = methods; row->name != NULL; row++) {
        const char *dot = strrchr(row->name, '.');
        const char *name = dot != NULL ? dot + 1 : row->name;
        RtObject *key = rt_str_intern(t, name, strlen(name));
        RtObject *old = NULL;
        if (key == NULL ||
            !rt__table_set_locked(t, &base->attributes, key, rt__str_hash(key),
                                  RT_MATCH_IDENTITY, (RtObject *)(uintptr_t)&row->base, &old))
            return false;
    }
    rt_atomic_store_relaxed(&base->parts->specials[RT_NAME_init],
                            (RtObject *)(uintptr_t)&methods[0].base);
    return true;
}

typedef struct Row {
    const char *name;
    const char *parent;
    RtErrorKind kind;
} Row;

static const Row rows[] = {
#define EXCEPTION(name, parent, kind) {#name, #parent, RT_ERROR_##kind},
#include "vm/exceptions.def"
#undef EXCEPTION
};

bool rt__exceptions_create(RtThread *t)
{
    RtVm *vm = rt__vm(t);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        RtObject *parent = rt__object_class();
        if (i > 0) {
            RtObject *name = rt_str_intern(t, rows[i].parent, strlen(rows[i].parent));
            parent = name != NULL ? rt__module_get_borrowed(t, vm->builtins, name) : NULL;
        }
        RtObject *class_ = parent != NULL ? new_class(t, rows[i].name, parent) : NULL;
        if (class_ == NULL) return false;
        if (i == 0 && !become_base(t, class_)) return false;
        if (rows[i].kind != RT_ERROR_NONE) vm->error_classes[rows[i].kind] = class_;
        if (i == 0) vm->base_exception = class_;
        if (strcmp(rows[i].name, "SystemExit") == 0) vm->system_exit = class_;
        if (strcmp(rows[i].name, "ModuleNotFoundError") == 0) vm->module_not_found = class_;
        if (!rt__module_set(t, vm->builtins, rows[i].name, class_)) return false;
    }
    return true;
}

RtObject *rt__error_class(RtThread *t, RtErrorKind kind)
{
    return rt__vm(t)->error_classes[kind];
}

// ------------------------------------------------------------------ the pending error

void rt__raise(RtThread *t, RtObject *class_, const char *message)
{
    RtObject *text = message != NULL ? rt_str_new(t, message, strlen(message)) : NULL;
    if (message != NULL && text == NULL) return;
    RtObject *exception = rt__exception_new(t, class_, &text, text != NULL);
    rt_decref_null(t, text);
    if (exception != NULL) rt__exception_restore_steal(t, exception);
}

void rt__raise_named(RtThread *t, const char *class_name, const char *message)
{
    RtObject *name = rt_str_intern(t, class_name, strlen(class_name));
    RtObject *class_ = name != NULL ? rt__get_attr(t, rt__vm(t)->builtins, name) : NULL;
    if (class_ != NULL) rt__raise(t, class_, message);
    rt_decref_null(t, class_);
}

void rt__exception_restore_steal(RtThread *t, RtObject *exception)
{
    rt__error_set_value(t, RT_ERROR_RAISED, exception);
    rt_decref(t, exception);
}

bool rt__error_is(RtThread *t, RtObject *class_)
{
    const RtType *type = rt__type_of_class(class_);
    if (t->error_kind == RT_ERROR_NONE) return false;
    if (t->error_kind == RT_ERROR_RAISED) return rt__is_instance(t->error_value, type);
    return rt__is_subtype(rt__type_of_class(rt__error_class(t, t->error_kind)), type);
}

static RtObject *new_of_kind(RtThread *t, RtErrorKind kind, const char *message,
                             RtObject *value)
{
    RtObject *class_ = rt__error_class(t, kind);
    if (value != NULL) return rt__exception_new(t, class_, &value, 1);
    if (*message == '\0') return rt__exception_new(t, class_, NULL, 0);
    RtObject *text = rt_str_new(t, message, strlen(message));
    if (text == NULL) return NULL;
    RtObject *exception = rt__exception_new(t, class_, &text, 1);
    rt_decref(t, text);
    return exception;
}

static void set_context(RtThread *t, RtObject *exception)
{
    RtObject *handled = rt__exception_handled(t);
    RtSlot *slot = &exception_of(exception)->context;
    if (handled == NULL || handled == exception) return;
    RtObject *context = read_slot(t, exception, slot);
    rt_decref_null(t, context);
    if (context == NULL) write_slot(t, exception, slot, rt_new_ref(t, handled));
}

// There is one MemoryError made beforehand, for when there is no room for another.
RtObject *rt__exception_take(RtThread *t)
{
    RtErrorKind kind;
    const char *message;
    RtObject *value = rt__error_take(t, &kind, &message);
    RT_CHECK(kind != RT_ERROR_NONE, "a function failed without an error");
    RtObject *exception = value;
    if (kind != RT_ERROR_RAISED) {
        exception = new_of_kind(t, kind, message, value);
        rt_decref_null(t, value);
    }
    if (exception == NULL) {
        rt_error_clear(t);
        exception = rt_new_ref(t, rt__vm(t)->memory_error);
    }
    set_context(t, exception);
    return exception;
}

// ------------------------------------------------------------------ handlers

RtObject *rt__exception_handled(RtThread *t)
{
    RtVmThread *vm = t->vm;
    return vm != NULL && vm->handled_count > 0 ? vm->handled[vm->handled_count - 1] : NULL;
}

bool rt__exception_enter_handler(RtThread *t, RtObject *exception)
{
    RtVmThread *vm = t->vm;
    if (vm->handled_count == vm->handled_capacity) {
        uint32_t capacity = vm->handled_capacity * 2 + 8;
        RtObject **handled = rt__array_new(t, 0, capacity, sizeof *handled);
        if (handled == NULL) return false;
        if (vm->handled_count > 0)
            memcpy(handled, vm->handled, vm->handled_count * sizeof *handled);
        rt_array_free(vm->handled);
        vm->handled = handled;
        vm->handled_capacity = capacity;
    }
    vm->handled[vm->handled_count++] = rt_new_ref(t, exception);
    return true;
}

void rt__exception_leave_handlers(RtThread *t, uint32_t count)
{
    RtVmThread *vm = t->vm;
    while (vm->handled_count > count)
        rt_decref(t, vm->handled[--vm->handled_count]);
}

// ------------------------------------------------------------------ raising

// An instance, of a class or given; a new reference.
static RtObject *instance_of(RtThread *t, RtObject *raised, const char *message)
{
    if (rt__is_exception(raised)) return rt_new_ref(t, raised);
    if (!rt__is_exception_class(raised)) {
        rt_error_set(t, RT_ERROR_TYPE, message);
        return NULL;
    }
    RtObject *made = rt__call(t, raised, NULL, 0, NULL);
    if (made == NULL || rt__is_exception(made)) return made;
    rt_decref(t, made);
    rt_error_set(t, RT_ERROR_TYPE, message);
    return NULL;
}

static bool set_cause(RtThread *t, RtObject *exception, RtObject *cause)
{
    RtObject *instance = NULL;
    if (cause != rt_none()) {
        instance = instance_of(t, cause, "exception causes must derive from BaseException");
        if (instance == NULL) return false;
    }
    write_slot(t, exception, &exception_of(exception)->cause, instance);
    rt__exception_hide_context(exception_of(exception), true);
    return true;
}

// Ends a chain of contexts before it comes to `exception`.
static void cut_chain(RtThread *t, RtObject *chain, const RtObject *exception)
{
    RtObject *here = rt_new_ref(t, chain);
    for (unsigned i = 0; here != NULL && i < LONGEST_CHAIN; i++) {
        RtSlot *slot = &exception_of(here)->context;
        RtObject *next = read_slot(t, here, slot);
        if (next == exception) {
            write_slot(t, here, slot, NULL);
            rt_decref(t, next);
            next = NULL;
        }
        rt_decref(t, here);
        here = next;
    }
    rt_decref_null(t, here);
}

// What is being handled becomes the context, whatever that was. If it comes of `exception` in
// its turn, its chain ends there, so that no circle is made.
static void replace_context(RtThread *t, RtObject *exception)
{
    RtObject *handled = rt__exception_handled(t);
    if (handled == NULL || handled == exception) return;
    cut_chain(t, handled, exception);
    write_slot(t, exception, &exception_of(exception)->context, rt_new_ref(t, handled));
}

void rt__raise_from(RtThread *t, RtObject *raised, RtObject *cause)
{
    RtObject *exception = instance_of(t, raised, "exceptions must derive from BaseException");
    if (exception == NULL) return;
    replace_context(t, exception);
    if (cause == NULL || set_cause(t, exception, cause))
        rt__exception_restore_steal(t, exception);
    else
        rt_decref(t, exception);
}

void rt__raise_again(RtThread *t)
{
    RtObject *handled = rt__exception_handled(t);
    if (handled == NULL)
        rt_error_set(t, RT_ERROR_RUNTIME, "No active exception to reraise");
    else
        rt__error_set_value(t, RT_ERROR_RAISED, handled);
}

int rt__exception_matches(RtThread *t, RtObject *exception, RtObject *match)
{
    bool is_tuple = rt__is_type(match, &rt__tuple_type);
    size_t count = is_tuple ? rt_tuple_size(match) : 1;
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        RtObject *class_ = is_tuple ? rt__tuple_item(match, i) : match;
        if (!rt__is_exception_class(class_)) {
            rt_error_set(t, RT_ERROR_TYPE,
                         "catching classes that do not inherit from "
                         "BaseException is not allowed");
            return -1;
        }
        found = found || rt__is_instance(exception, rt__type_of_class(class_));
    }
    return found;
}

// ------------------------------------------------------------------ tracebacks

static bool grow_locked(RtException *exception)
{
    uint32_t capacity = exception->line_capacity * 2 + 8;
    RtTraceLine *lines = rt_array_alloc(capacity * sizeof *lines);
    if (lines == NULL) return false;
    if (exception->line_count > 0)
        memcpy(lines, exception->lines, exception->line_count * sizeof *lines);
    rt_array_free(exception->lines);
    exception->lines = lines;
    exception->line_capacity = capacity;
    return true;
}

void rt__exception_add_line(RtThread *t, RtObject *object, const RtCode *code, uint32_t line)
{
    RtException *exception = exception_of(object);
    RtHold hold = rt_hold_object(t, object);
    if (exception->line_count < exception->line_capacity || grow_locked(exception))
        exception->lines[exception->line_count++] = (RtTraceLine){code, line};
    rt_let_go(t, hold);
}
