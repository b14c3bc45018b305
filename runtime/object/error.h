// error.h: errors that say more than a constant does.
//
// A thread's pending error is a kind with a static message, which needs no memory, or a kind
// with an object: the exception's one argument, mostly a str, or for RT_ERROR_RAISED the
// exception itself. The interpreter makes an exception object of the former when somebody looks
// (vm/exception.h).
#ifndef RT_OBJECT_ERROR_H
#define RT_OBJECT_ERROR_H

#include "object/object.h"

// The message is formatted as by printf. A MEMORY error if there is no room for it.
void rt__error_format(RtThread *t, RtErrorKind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The exception's argument is `value`: KeyError(key). With RT_ERROR_RAISED, the exception.
void rt__error_set_value(RtThread *t, RtErrorKind kind, RtObject *value);

// Clears the error and hands over what it was: its value, or NULL and a static message.
RtObject *rt__error_take(RtThread *t, RtErrorKind *kind, const char **message);

#endif
