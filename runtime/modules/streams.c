// streams.c: sys.stdout and sys.stderr.
#include <errno.h>

#include "modules/modules.h"

// Static constants. Standard output has the interpreter's buffer, standard error has none.
typedef struct RtStream {
    RtObject base;
    int fd;
} RtStream;

static int fd_of(const RtObject *object)
{
    return ((const RtStream *)(const void *)object)->fd;
}

static bool write_through(RtThread *t, int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ptrdiff_t written = rt_blocking_write(t, fd, bytes, size);
        if (written < 0 && errno == EINTR && rt__serve_interrupt(t)) continue;
        if (written <= 0) {
            if (rt_error_kind(t) == RT_ERROR_NONE)
                rt_error_set(t, RT_ERROR_OS, "cannot write to standard error");
            return false;
        }
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

// How many characters it wrote.
NATIVE(stream_write)
{
    if (!rt_str_check(args[1])) {
        rt__error_format(t, RT_ERROR_TYPE, "write() argument must be str, not %s",
                         args[1]->type->name);
        return NULL;
    }
    size_t size;
    const char *bytes = rt_str_bytes_borrowed(args[1], &size);
    int fd = fd_of(args[0]);
    bool good = fd == 1 ? rt__output_write(t, bytes, size) : write_through(t, fd, bytes, size);
    return good ? rt_int_new(t, rt__length(t, args[1])) : NULL;
}

NATIVE(stream_flush)
{
    return fd_of(args[0]) != 1 || rt__output_flush(t) ? rt_none() : NULL;
}

NATIVE(stream_fileno)
{
    return rt_int_new(t, fd_of(args[0]));
}

static const RtBuiltin methods[] = {
    RT_METHOD("TextIOWrapper.write", stream_write, 1, 1),
    RT_METHOD("TextIOWrapper.flush", stream_flush, 0, 0),
    RT_METHOD("TextIOWrapper.fileno", stream_fileno, 0, 0),
    RT_BUILTIN_END,
};

static const RtSlots slots = {.methods = methods};
static const RtType stream_type = {RT_TYPE_BASE, .name = "_io.TextIOWrapper", .slots = &slots,
                                   .hash = rt__identity_hash};

static const RtStream output = {RT_STATIC_OBJECT(&stream_type), 1};
static const RtStream errors = {RT_STATIC_OBJECT(&stream_type), 2};

bool rt__streams_fill(RtThread *t, RtObject *module)
{
    return rt__module_set(t, module, "stdout", (RtObject *)(uintptr_t)&output.base) &&
           rt__module_set(t, module, "stderr", (RtObject *)(uintptr_t)&errors.base);
}
