// work_io.c: IO-bound workloads over real descriptors: pipes, TCP, a file on a disk.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"

// ---- pipe_ring: each worker reads from its pipe and writes to its neighbour's
//
// There are as many tokens as workers, so that all can be under way at once. A token is the
// number of hops that it has made; the worker that passes it on adds one.

#define START 1000       // hops beforehand: above the cached ints, so that all are new ints
#define END   UINT64_MAX // instead of a token: the window is over

static int reading_end(const GbInstance *instance, unsigned index)
{
    return instance->files[2 * index];
}

static int writing_end(const GbInstance *instance, unsigned index)
{
    return instance->files[2 * index + 1];
}

// Never waits: a pipe has room for many more tokens than there are.
static bool put_in(int fd, uint64_t token)
{
    return write(fd, &token, sizeof token) == (ssize_t)sizeof token;
}

static bool prepare_ring(GbInstance *instance, RtThread *t)
{
    (void)t;
    if (!gb_open_pipes(instance, instance->setup.threads)) return false;
    for (unsigned i = 0; i < instance->setup.threads; i++) {
        if (!put_in(writing_end(instance, i), START)) return false;
    }
    return true;
}

// Everybody finds an end in its pipe, behind the tokens.
static void end_ring(GbInstance *instance)
{
    for (unsigned i = 0; i < instance->setup.threads; i++)
        RT_CHECK(put_in(writing_end(instance, i), END), "a pipe took no end");
}

// What is left in the pipes must be all the tokens, with as many hops as were counted.
static void check_ring(const GbInstance *instance)
{
    unsigned tokens = 0;
    uint64_t hops = 0;
    for (unsigned i = 0; i < instance->setup.threads; i++) {
        int fd = reading_end(instance, i);
        uint64_t token;
        fcntl(fd, F_SETFL, O_NONBLOCK);
        while (read(fd, &token, sizeof token) == (ssize_t)sizeof token) {
            if (token == END) continue;
            tokens++;
            hops += token - START;
        }
    }
    RT_CHECK(tokens == instance->setup.threads, "a ring has lost a token");
    RT_CHECK(hops == rt_atomic_load_relaxed(&instance->done), "a token has lost hops");
}

static void finish_ring(GbInstance *instance, RtThread *t)
{
    if (instance->file_count == 2 * instance->setup.threads) check_ring(instance);
    gb_close_files(instance, t);
}

// Adds one to a token as a program would, in boxed ints.
static uint64_t one_more(RtThread *t, uint64_t token)
{
    RtObject *hops = rt_int_new(t, (int64_t)token);
    gb_count_step(t, &hops, rt_int_new(t, 1));
    uint64_t result = (uint64_t)rt_int_value(hops);
    rt_decref(t, hops);
    return result;
}

static void run_ring(GbWorker *worker, uint64_t operations)
{
    const GbInstance *instance = worker->instance;
    RtThread *t = worker->t;
    int from = reading_end(instance, worker->index);
    int to = writing_end(instance, (worker->index + 1) % instance->setup.threads);
    for (uint64_t i = 0; i < operations; i++) {
        uint64_t token;
        RT_CHECK(gb_receive(t, from, &token, sizeof token), "a pipe of the ring is broken");
        if (token == END) return;
        token = one_more(t, token);
        RT_CHECK(gb_send(t, to, &token, sizeof token), "a pipe of the ring is broken");
        worker->done++;
        rt_poll(t);
    }
}

static void leave_ring(GbWorker *worker)
{
    rt_atomic_add_relaxed(&worker->instance->done, worker->done);
}

// ---- tcp_echo: a thread per connection
//
// The even worker of a pair is a client, the odd one serves its connection, as in a server that
// has a thread for each. A round trip counts for both of them.

#define MESSAGE 64 // bytes

static bool open_tcp(GbInstance *instance, RtThread *t)
{
    (void)t;
    return gb_open_connections(instance, instance->setup.threads / 2);
}

// Sends a message of its own and waits until it is back. False: the window is over.
static bool ask(GbWorker *worker, int fd)
{
    char sent[MESSAGE] = {0};
    char got[MESSAGE];
    memcpy(sent, &worker->done, sizeof worker->done);
    if (!gb_send(worker->t, fd, sent, MESSAGE) || !gb_receive(worker->t, fd, got, MESSAGE))
        return false;
    RT_CHECK(memcmp(sent, got, MESSAGE) == 0, "an echo is not what was sent");
    return true;
}

static bool answer(RtThread *t, int fd)
{
    char message[MESSAGE];
    return gb_receive(t, fd, message, MESSAGE) && gb_send(t, fd, message, MESSAGE);
}

static void run_tcp(GbWorker *worker, uint64_t operations)
{
    bool is_client = worker->index % 2 == 0;
    int fd = worker->instance->files[worker->index];
    for (uint64_t i = 0; i < operations; i++) {
        if (!(is_client ? ask(worker, fd) : answer(worker->t, fd))) return;
        worker->done++;
        rt_poll(worker->t);
    }
}

// ---- file_sync: a page written, on the disk, and read back
//
// In files of the workers' own in TMPDIR, or /tmp. Where that is memory, there is nothing to
// wait for, and what is measured is the calls.

#define PAGE 4096

static bool open_temporary(GbInstance *instance)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    int size = snprintf(path, sizeof path, "%s/gilbench-XXXXXX",
                        folder != NULL && *folder != '\0' ? folder : "/tmp");
    if (size >= (int)sizeof path) return false;
    int fd = mkstemp(path);
    if (fd < 0) return false;
    instance->files[instance->file_count++] = fd;
    return unlink(path) == 0 && posix_fallocate(fd, 0, PAGE) == 0;
}

static bool open_files(GbInstance *instance, RtThread *t)
{
    (void)t;
    for (unsigned i = 0; i < instance->setup.threads; i++) {
        if (!open_temporary(instance)) return false;
    }
    return true;
}

static void sync_page(RtThread *t, int fd, uint64_t *page)
{
    uint64_t back[PAGE / sizeof *page];
    RT_CHECK(rt_blocking_write_at(t, fd, page, PAGE, 0) == PAGE, "a page was not written");
    RT_CHECK(rt_blocking_sync(t, fd) == 0, "a file was not brought to its disk");
    RT_CHECK(rt_blocking_read_at(t, fd, back, PAGE, 0) == PAGE, "a page was not read");
    RT_CHECK(memcmp(page, back, PAGE) == 0, "a page is not what was written");
}

static void run_file(GbWorker *worker, uint64_t operations)
{
    int fd = worker->instance->files[worker->index];
    uint64_t page[PAGE / sizeof(uint64_t)];
    for (uint64_t i = 0; i < operations; i++) {
        for (size_t k = 0; k < PAGE / sizeof *page; k++)
            page[k] = worker->done + k;
        sync_page(worker->t, fd, page);
        worker->done++;
        rt_poll(worker->t);
    }
}

const GbKernel gb_kernel_pipe_ring = {.name = "pipe_ring",
                                      .prepare = prepare_ring,
                                      .finish = finish_ring,
                                      .run = run_ring,
                                      .leave = leave_ring,
                                      .close = end_ring};
const GbKernel gb_kernel_tcp_echo = {.name = "tcp_echo",
                                     .prepare = open_tcp,
                                     .finish = gb_close_files,
                                     .run = run_tcp,
                                     .close = gb_shut_down_files};
const GbKernel gb_kernel_file_sync = {
    .name = "file_sync", .prepare = open_files, .finish = gb_close_files, .run = run_file};
