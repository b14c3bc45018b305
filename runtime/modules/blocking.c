// blocking.c: calls that wait, each inside one detach/attach pair.
#include <errno.h>

#include "platform/platform.h"
#include "rt.h"

int rt_blocking_sleep(RtThread *t, uint64_t ns)
{
    rt_thread_detach(t);
    int result = rt_clock_sleep(ns);
    int error = errno;
    rt_thread_attach(t);
    errno = error;
    return result;
}

ptrdiff_t rt_blocking_read(RtThread *t, int fd, void *buffer, size_t size)
{
    rt_thread_detach(t);
    ptrdiff_t result = rt_file_read(fd, buffer, size);
    int error = errno;
    rt_thread_attach(t);
    errno = error;
    return result;
}

ptrdiff_t rt_blocking_write(RtThread *t, int fd, const void *buffer, size_t size)
{
    rt_thread_detach(t);
    ptrdiff_t result = rt_file_write(fd, buffer, size);
    int error = errno;
    rt_thread_attach(t);
    errno = error;
    return result;
}
