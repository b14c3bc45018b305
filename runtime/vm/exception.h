// exception.h: exceptions as objects: records with arguments, a cause, a context, and the lines
// they came by.
#ifndef RT_VM_EXCEPTION_H
#define RT_VM_EXCEPTION_H

#include "vm/class.h"

typedef struct RtTraceLine {
    const RtCode *code; // immortal
    uint32_t line;
} RtTraceLine;

// Slots and the traceback are guarded by the exception's section.
typedef struct RtException {
    RtRecord record;
    RtSlot args;    // a tuple
    RtSlot cause;   // NULL: none was given
    RtSlot context; // what was being handled when it was raised
    RtTraceLine *lines; // innermost first
    uint32_t line_count;
    uint32_t line_capacity;
    _Atomic bool hides_context; // a cause was given; relaxed
} RtException;

static inline bool rt__exception_hides_context(RtException *exception)
{
    return rt_atomic_load_relaxed(&exception->hides_context);
}
static inline void rt__exception_hide_context(RtException *exception, bool hide)
{
    rt_atomic_store_relaxed(&exception->hides_context, hide);
}

bool rt__exceptions_create(RtThread *t);

static inline bool rt__is_exception(const RtObject *object)
{
    return object->type->is_class && rt__class_of_type(object->type)->is_exception;
}
static inline bool rt__is_exception_class(const RtObject *object)
{
    if (!rt__is_class(object)) return false;
    const RtType *type = rt__type_of_class(object);
    return type->is_class && rt__class_of_type(type)->is_exception;
}

// An instance with these arguments; its __init__ is not called.
RtObject *rt__exception_new(RtThread *t, RtObject *class_, RtObject *const *args, size_t count);

// What was being handled in the thread, or NULL. Borrowed.
RtObject *rt__exception_handled(RtThread *t);
bool rt__exception_enter_handler(RtThread *t, RtObject *exception);
void rt__exception_leave_handlers(RtThread *t, uint32_t count); // until so many are left

// The instructions: an error is pending on return, or, in all but RERAISE, another one because
// the operands were wrong.
void rt__raise_from(RtThread *t, RtObject *raised, RtObject *cause); // cause: NULL, or an operand
void rt__raise_again(RtThread *t);
// 1: `exception` is one of class `match`, or of one of a tuple's; 0; -1.
int rt__exception_matches(RtThread *t, RtObject *exception, RtObject *match);

// A frame is left by the exception; a line that cannot be remembered is left out.
void rt__exception_add_line(RtThread *t, RtObject *exception, const RtCode *code, uint32_t line);

// The type's get_attr and set_attr (vm/operations.h), and whether every exception has the
// attribute by itself, so that it is no instance's.
RtObject *rt__exception_get(RtThread *t, RtObject *exception, RtObject *name);
int rt__exception_set(RtThread *t, RtObject *exception, RtObject *name, RtObject *value);
bool rt__exception_owns(RtThread *t, RtObject *name);

// The text that CPython prints for an uncaught one.
RtObject *rt__exception_report(RtThread *t, RtObject *exception);

#endif
