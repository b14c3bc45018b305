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
    bool hides_context; // raised `from`
} RtException;

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

// Attributes besides `args`, or NULL without an error: value, code, errno, strerror.
RtObject *rt__exception_extra(RtThread *t, RtObject *exception, RtObject *name);
// What str() says of an exception with several arguments.
RtObject *rt__exception_text(RtThread *t, RtObject *exception, RtObject *args);

// The text that CPython prints for an uncaught one.
RtObject *rt__exception_report(RtThread *t, RtObject *exception);

#endif
