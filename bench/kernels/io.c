// io.c: do blocking calls overlap, and what does a message between two threads cost?
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kernel.h"

#define SLEEP_NS 1000000ull

// ---- sleepers: blocking sleeps of a millisecond

static void run_sleep(GbWorker *worker, uint64_t operations)
{
    for (uint64_t i = 0; i < operations; i++) {
        rt_blocking_sleep(worker->t, SLEEP_NS);
        rt_poll(worker->t);
    }
}

// ---- socket_echo: workers 2k and 2k+1 send one byte back and forth

static bool open_sockets(GbInstance *instance, RtThread *t)
{
    (void)t;
    for (unsigned i = 0; i < instance->setup.threads / 2; i++) {
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, instance->sockets[i]) != 0) return false;
        instance->socket_pairs++;
    }
    return true;
}

void gb_close_sockets(GbInstance *instance, RtThread *t)
{
    (void)t;
    for (unsigned i = 0; i < instance->socket_pairs; i++) {
        close(instance->sockets[i][0]);
        close(instance->sockets[i][1]);
    }
}

// Shutting down makes the reads of both ends return.
static void shut_down(GbInstance *instance)
{
    for (unsigned i = 0; i < instance->socket_pairs; i++)
        shutdown(instance->sockets[i][0], SHUT_RDWR);
}

static bool send_byte(RtThread *t, int fd)
{
    char byte = 'x';
    return rt_blocking_write(t, fd, &byte, 1) == 1;
}

static bool receive_byte(RtThread *t, int fd)
{
    char byte;
    ptrdiff_t got;
    do {
        got = rt_blocking_read(t, fd, &byte, 1);
    } while (got < 0 && errno == EINTR);
    return got == 1;
}

// The even worker of a pair asks, the odd one answers; both count a round trip. After the
// shutdown the calls fail at once, and the window is over.
static void run_echo(GbWorker *worker, uint64_t operations)
{
    bool asks = worker->index % 2 == 0;
    int fd = worker->instance->sockets[worker->index / 2][worker->index % 2];
    for (uint64_t i = 0; i < operations; i++) {
        bool going = asks ? send_byte(worker->t, fd) && receive_byte(worker->t, fd)
                          : receive_byte(worker->t, fd) && send_byte(worker->t, fd);
        rt_poll(worker->t);
        if (!going) return;
    }
}

const GbKernel gb_kernel_sleepers = {.name = "sleepers", .run = run_sleep};
const GbKernel gb_kernel_socket_echo = {.name = "socket_echo",
                                        .prepare = open_sockets,
                                        .finish = gb_close_sockets,
                                        .run = run_echo,
                                        .close = shut_down};
