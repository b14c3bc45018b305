// io.c: do blocking calls overlap, and what does a message between two threads cost?
#include "files.h"

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
    return gb_open_socketpairs(instance, instance->setup.threads / 2);
}

// The even worker of a pair asks, the odd one answers; both count a round trip. After the
// shutdown the calls fail at once, and the window is over.
static void run_echo(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    bool asks = worker->index % 2 == 0;
    int fd = worker->instance->files[worker->index];
    char byte = 'x';
    for (uint64_t i = 0; i < operations; i++) {
        bool going = asks ? gb_send(t, fd, &byte, 1) && gb_receive(t, fd, &byte, 1)
                          : gb_receive(t, fd, &byte, 1) && gb_send(t, fd, &byte, 1);
        rt_poll(t);
        if (!going) return;
    }
}

const GbKernel gb_kernel_sleepers = {.name = "sleepers", .run = run_sleep};
const GbKernel gb_kernel_socket_echo = {.name = "socket_echo",
                                        .prepare = open_sockets,
                                        .finish = gb_close_files,
                                        .run = run_echo,
                                        .close = gb_shut_down_files};
