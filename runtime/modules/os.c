// os.c: the module os: descriptors, and what a program may know of its process.
//
// Descriptors that the program opens are resources of the leak report until it closes them.
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "modules/io.h"
#include "object/tuple.h"

#define DESCRIPTOR "descriptor"

static bool as_fd(RtThread *t, RtObject *object, int *fd)
{
    int64_t value;
    if (!rt__as_int(t, object, &value)) return false;
    *fd = value < 0 || value > INT32_MAX ? -1 : (int)value; // the system says that it is bad
    return true;
}

// An int, with the OSError if it is -1.
static RtObject *result_of(RtThread *t, int64_t result)
{
    if (result >= 0) return rt_int_new(t, result);
    rt__raise_os(t, errno);
    return NULL;
}

// ------------------------------------------------------------------ descriptors

NATIVE(os_pipe)
{
    int ends[2];
    if (rt_file_pipe(ends) < 0) return result_of(t, -1);
    for (size_t i = 0; i < 2; i++)
        rt_resource_opened(t, DESCRIPTOR, ends[i]);
    return rt__tuple_pair_steal(t, rt_int_new(t, ends[0]), rt_int_new(t, ends[1]));
}

// The bytes of a path, which is a str that the system can be given whole. NULL with an error.
static const char *path_of(RtThread *t, const char *function, RtObject *object)
{
    if (!rt_str_check(object)) {
        rt__error_format(t, RT_ERROR_TYPE,
                         "%s: path should be string, bytes or os.PathLike, not %s", function,
                         object->type->name);
        return NULL;
    }
    size_t size;
    const char *path = rt_str_bytes_borrowed(object, &size);
    if (strlen(path) == size) return path;
    rt_error_set(t, RT_ERROR_VALUE, "embedded null byte");
    return NULL;
}

NATIVE(os_open)
{
    static const char *const names[] = {"path", "flags", "mode", NULL};
    RtObject *values[3];
    int64_t flags, mode = 0777;
    if (!rt__arguments(t, "open", args, count, kwnames, names, values) ||
        !rt__as_int(t, values[1], &flags) ||
        (values[2] != NULL && !rt__as_int(t, values[2], &mode)))
        return NULL;
    const char *path = path_of(t, "open", values[0]);
    if (path == NULL) return NULL;
    int fd = rt_file_open(path, (int)flags, (uint32_t)mode);
    if (fd >= 0) rt_resource_opened(t, DESCRIPTOR, fd);
    return result_of(t, fd);
}

// Told before it is closed: afterwards the number may be another's.
NATIVE(os_close)
{
    int fd;
    if (!as_fd(t, args[0], &fd)) return NULL;
    rt_resource_closed(t, DESCRIPTOR, fd);
    RtObject *result = result_of(t, rt_file_close(fd));
    return result != NULL ? rt_none() : NULL;
}

NATIVE(os_read)
{
    int fd;
    int64_t size;
    if (!as_fd(t, args[0], &fd) || !rt__as_int(t, args[1], &size)) return NULL;
    return rt__transfer_in(t, rt_file_read, fd, size);
}

static ptrdiff_t write_bytes(int fd, void *bytes, size_t size)
{
    return rt_file_write(fd, bytes, size);
}

// A signal ends a call that has written a part as if that was all, so it is asked for
// afterwards.
NATIVE(os_write)
{
    int fd;
    void *bytes;
    size_t size;
    if (!as_fd(t, args[0], &fd) || !rt__bytes_given(t, args[1], &bytes, &size)) return NULL;
    ptrdiff_t written = rt__transfer(t, write_bytes, fd, bytes, size);
    return written < 0 || !rt__serve_interrupt(t) ? NULL : rt_int_new(t, written);
}

static ptrdiff_t sync_file(int fd, void *bytes, size_t size)
{
    (void)bytes, (void)size;
    return rt_file_sync(fd);
}

NATIVE(os_fsync)
{
    int fd;
    if (!as_fd(t, args[0], &fd)) return NULL;
    return rt__transfer(t, sync_file, fd, NULL, 0) < 0 ? NULL : rt_none();
}

NATIVE(os_unlink)
{
    const char *path = path_of(t, "unlink", args[0]);
    if (path == NULL) return NULL;
    RtObject *result = result_of(t, rt_file_delete(path));
    return result != NULL ? rt_none() : NULL;
}

// ------------------------------------------------------------------ the process

NATIVE(os_getpid)
{
    return rt_int_new(t, rt_process_id());
}

NATIVE(os_cpu_count)
{
    return rt_int_new(t, rt_processor_count());
}

NATIVE(os_kill)
{
    int64_t process, number;
    if (!rt__as_int(t, args[0], &process) || !rt__as_int(t, args[1], &number)) return NULL;
    RtObject *result = result_of(t, rt_process_signal((int)process, (int)number));
    return result != NULL ? rt_none() : NULL;
}

// Without the end of the program: what is buffered is lost.
NATIVE(os_exit)
{
    int64_t code;
    if (!rt__as_int(t, args[0], &code)) return NULL;
    rt_process_end((int)code);
}

// ------------------------------------------------------------------ the module

static const RtBuiltin functions[] = {
    RT_FUNCTION("os.pipe", os_pipe, 0, 0),
    RT_FUNCTION_KW("os.open", os_open, 2, 3),
    RT_FUNCTION("os.close", os_close, 1, 1),
    RT_FUNCTION("os.read", os_read, 2, 2),
    RT_FUNCTION("os.write", os_write, 2, 2),
    RT_FUNCTION("os.fsync", os_fsync, 1, 1),
    RT_FUNCTION("os.unlink", os_unlink, 1, 1),
    RT_FUNCTION("os.remove", os_unlink, 1, 1),
    RT_FUNCTION("os.getpid", os_getpid, 0, 0),
    RT_FUNCTION("os.cpu_count", os_cpu_count, 0, 0),
    RT_FUNCTION("os.kill", os_kill, 2, 2),
    RT_FUNCTION("os._exit", os_exit, 1, 1),
    RT_BUILTIN_END,
};

static const RtConstant constants[] = {
    {"O_RDONLY", O_RDONLY}, {"O_WRONLY", O_WRONLY}, {"O_RDWR", O_RDWR}, {"O_CREAT", O_CREAT},
    {"O_TRUNC", O_TRUNC},   {"O_APPEND", O_APPEND}, {"O_EXCL", O_EXCL}, {NULL, 0},
};

bool rt__os_fill(RtThread *t, RtObject *module)
{
    return rt__module_add_builtins(t, module, functions) &&
           rt__module_add_constants(t, module, constants) &&
           rt__module_set(t, module, "error", rt__error_class(t, RT_ERROR_OS));
}
