// error.c: the pending error of a thread. Setting one never allocates.
#include "state/thread.h"

RtErrorKind rt_error_kind(const RtThread *t) { return t->error_kind; }

const char *rt_error_message(const RtThread *t) { return t->error_message; }

void rt_error_clear(RtThread *t)
{
    t->error_kind = RT_ERROR_NONE;
    t->error_message = "";
}

void rt_error_set(RtThread *t, RtErrorKind kind, const char *message)
{
    t->error_kind = kind;
    t->error_message = message;
}
