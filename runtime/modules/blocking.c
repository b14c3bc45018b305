// blocking.c: calls that wait, each inside one detach/attach pair.
#include <errno.h>

#include "platform/platform.h"
#include "rt.h"

// Attaching may call the system itself; the caller's errno is that of the blocking call.
static void attach_again(RtThread *t)
{
    int error = errno;
    rt_thread_attach(t);
    errno = error;
}

int rt_blocking_sleep(RtThread *t, uint64_t ns)
{
    rt_thread_detach(t);
    int result = rt_clock_sleep(ns);
    attach_again(t);
    return result;
}

ptrdiff_t rt_blocking_read(RtThread *t, int fd, void *buffer, size_t size)
{
    rt_thread_detach(t);
    ptrdiff_t result = rt_file_read(fd, buffer, size);
    attach_again(t);
    return result;
}

ptrdiff_t rt_blocking_write(RtThread *t, int fd, const void *buffer, size_t size)
{
    rt_thread_detach(t);
    ptrdiff_t result = rt_file_write(fd, buffer, size);
    attach_again(t);
    return result;
}

ptrdiff_t rt_blocking_read_at(RtThread *t, int fd, void *buffer, size_t size, uint64_t offset)
{
    rt_thread_detach(t);
    ptrdiff_t result = rt_file_read_at(fd, buffer, size, offset);
    attach_again(t);
    return result;
}

ptrdiff_t rt_blocking_write_at(RtThread *t, int fd, const void *buffer, size_t size,
                               uint64_t offset)
{
    rt_thread_detach(t);
    ptrdiff_t result = rt_file_write_at(fd, buffer, size, offset);
    attach_again(t);
    return result;
}

int rt_blocking_sync(RtThread *t, int fd)
{
    rt_thread_detach(t);
    int result = rt_file_sync(fd);
    attach_again(t);
    return result;
}
