// os_error.c: OSError and the classes derived from it, by errno.
#include <errno.h>
#include <string.h>

#include "platform/platform.h"
#include "vm/module.h"
#include "vm/operations.h"

static const struct {
    int error;
    const char *name;
} classes[] = {
    {EAGAIN, "BlockingIOError"},
    {EALREADY, "BlockingIOError"},
    {EINPROGRESS, "BlockingIOError"},
    {ECHILD, "ChildProcessError"},
    {EPIPE, "BrokenPipeError"},
    {ESHUTDOWN, "BrokenPipeError"},
    {ECONNABORTED, "ConnectionAbortedError"},
    {ECONNREFUSED, "ConnectionRefusedError"},
    {ECONNRESET, "ConnectionResetError"},
    {EEXIST, "FileExistsError"},
    {ENOENT, "FileNotFoundError"},
    {EINTR, "InterruptedError"},
    {EISDIR, "IsADirectoryError"},
    {ENOTDIR, "NotADirectoryError"},
    {EACCES, "PermissionError"},
    {EPERM, "PermissionError"},
    {ESRCH, "ProcessLookupError"},
    {ETIMEDOUT, "TimeoutError"},
};

static RtObject *class_of(RtThread *t, int64_t error)
{
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        if (classes[i].error != error) continue;
        RtObject *name = rt_str_intern(t, classes[i].name, strlen(classes[i].name));
        return name != NULL ? rt__module_get_borrowed(t, rt__vm(t)->builtins, name) : NULL;
    }
    return NULL;
}

RtObject *rt__os_error_class(RtThread *t, RtObject *class_, RtObject *const *args, size_t count)
{
    int64_t error;
    if (class_ != rt__error_class(t, RT_ERROR_OS) || count != 2 || !rt_int_check(args[0]))
        return class_;
    RtObject *derived = rt__as_int(t, args[0], &error) ? class_of(t, error) : NULL;
    rt_error_clear(t);
    return derived != NULL ? derived : class_;
}

void rt__raise_os(RtThread *t, int error)
{
    const char *text = rt_error_text(error);
    RtObject *args[] = {rt_int_new(t, error), rt_str_new(t, text, strlen(text))};
    RtObject *exception = NULL;
    if (args[0] != NULL && args[1] != NULL)
        exception = rt__call(t, rt__error_class(t, RT_ERROR_OS), args, 2, NULL);
    rt_decref_null(t, args[0]);
    rt_decref_null(t, args[1]);
    if (exception != NULL) rt__exception_restore_steal(t, exception);
}

bool rt__error_is_os(RtThread *t, int error)
{
    RtObject *class_ = class_of(t, error);
    return class_ != NULL && rt__error_is(t, class_);
}
