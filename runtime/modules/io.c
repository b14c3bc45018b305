// io.c: moving bytes between objects and the system.
#include "modules/io.h"

#include <errno.h>

#include "object/bytes.h"

#define SHORT_SIZE 4096 // as much goes by way of the stack

ptrdiff_t rt__transfer(RtThread *t, RtTransfer transfer, int fd, void *bytes, size_t size)
{
    for (;;) {
        rt_thread_detach(t);
        ptrdiff_t result = transfer(fd, bytes, size);
        int error = errno;
        rt_thread_attach(t);
        if (result >= 0) return result;
        if (error != EINTR) rt__raise_os(t, error);
        if (error != EINTR || !rt__serve_interrupt(t)) return -1;
    }
}

static RtObject *through(RtThread *t, RtTransfer transfer, int fd, char *buffer, size_t size)
{
    ptrdiff_t read = rt__transfer(t, transfer, fd, buffer, size);
    return read < 0 ? NULL : rt__bytes_new(t, buffer, (size_t)read);
}

RtObject *rt__transfer_in(RtThread *t, RtTransfer transfer, int fd, int64_t size)
{
    if (size < 0) {
        rt__raise_os(t, EINVAL);
        return NULL;
    }
    if (size <= SHORT_SIZE) {
        char buffer[SHORT_SIZE];
        return through(t, transfer, fd, buffer, (size_t)size);
    }
    char *buffer = rt_array_alloc((size_t)size);
    if (buffer == NULL) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    RtObject *bytes = through(t, transfer, fd, buffer, (size_t)size);
    rt_array_free(buffer);
    return bytes;
}

bool rt__bytes_given(RtThread *t, const RtObject *object, void **bytes, size_t *size)
{
    if (object->type != &rt__bytes_type) {
        rt__error_format(t, RT_ERROR_TYPE, "a bytes-like object is required, not '%s'",
                         object->type->name);
        return false;
    }
    *bytes = (void *)(uintptr_t)rt__bytes_of(object)->bytes;
    *size = rt__bytes_of(object)->size;
    return true;
}
