// error.c: the pending error of a thread.
#include "object/error.h"

#include <stdarg.h>

#include "object/format.h"
#include "rt_inline.h"

RtErrorKind rt_error_kind(const RtThread *t)
{
    return t->error_kind;
}

const char *rt_error_message(const RtThread *t)
{
    if (t->error_value == NULL) return t->error_message;
    return rt_str_check(t->error_value) ? rt_str_bytes_borrowed(t->error_value, NULL) : "";
}

static void set(RtThread *t, RtErrorKind kind, const char *message, RtObject *value_steal)
{
    RtObject *old = t->error_value;
    t->error_kind = kind;
    t->error_message = message;
    t->error_value = value_steal;
    // Last: it may run anything. So no error with a value is pending where a hold may fail.
    RT_ASSERT(old == NULL || !t->holds);
    if (rt_unlikely(old != NULL)) rt_decref(t, old);
}

void rt_error_clear(RtThread *t)
{
    set(t, RT_ERROR_NONE, "", NULL);
}

void rt_error_set(RtThread *t, RtErrorKind kind, const char *message)
{
    set(t, kind, message, NULL);
}

void rt__error_set_value(RtThread *t, RtErrorKind kind, RtObject *value)
{
    set(t, kind, "", rt_new_ref(t, value));
}

void rt__error_format(RtThread *t, RtErrorKind kind, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    RtObject *message = rt__format_list(t, format, arguments);
    va_end(arguments);
    if (message != NULL) set(t, kind, "", message); // else there is a MEMORY error
}

RtObject *rt__error_take(RtThread *t, RtErrorKind *kind, const char **message)
{
    RtObject *value = t->error_value;
    *kind = t->error_kind;
    *message = t->error_message;
    t->error_value = NULL;
    t->error_kind = RT_ERROR_NONE;
    t->error_message = "";
    return value;
}
