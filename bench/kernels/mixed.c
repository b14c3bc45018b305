// mixed.c: how long does a request wait beside threads that compute?
//
// Worker 0 answers requests that come over a socket; the others count. The client is a
// thread outside the runtime: it sends each request at its intended time, a mean of
// PERIOD_NS apart with jitter from the seed, whether or not the last has been answered in
// time, and measures from the *intended* time, so that a slow answer also counts for the
// requests that it held up.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "files.h"
#include "platform/platform.h"

// Two waits for the GIL fit in: one after the read, one after the write, 5 ms each.
#define PERIOD_NS 20000000ull

typedef struct Client {
    pthread_t thread;
    int fd;
    uint64_t random;
    uint64_t from_ns;
    uint64_t until_ns;
    RtHistogram *latency;
    bool running;
} Client;

static void sleep_until(uint64_t ns)
{
    struct timespec at = {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR) {
    }
}

static uint64_t gap(Client *client)
{
    return PERIOD_NS / 2 + gb_random(&client->random) % PERIOD_NS;
}

// Sends and waits for the answer. False: the connection was shut down.
static bool ask(Client *client)
{
    char byte = '?';
    return send(client->fd, &byte, 1, MSG_NOSIGNAL) == 1 && recv(client->fd, &byte, 1, 0) == 1;
}

// A request whose answer has not come by the end of the window is cut off by the shutdown and
// counts with the time that it has waited; so do those that it held up and that could not be
// sent. Leaving them out would flatter the slow.
static void *client_main(void *argument)
{
    Client *client = (Client *)argument;
    uint64_t intended = client->from_ns + gb_random(&client->random) % PERIOD_NS;
    bool going = true;
    while (intended < client->until_ns) {
        if (going) sleep_until(intended);
        going = going && ask(client);
        rt_histogram_record(client->latency, rt_clock_now() - intended);
        intended += gap(client);
    }
    return NULL;
}

static bool prepare(GbInstance *instance, RtThread *t)
{
    (void)t;
    Client *client = calloc(1, sizeof *client);
    if (client == NULL) return false;
    instance->traffic = client;
    client->random = instance->setup.seed | 1;
    if (!gb_open_socketpairs(instance, 1)) return false;
    client->fd = instance->files[0];
    return true;
}

static void finish(GbInstance *instance, RtThread *t)
{
    gb_close_files(instance, t);
    free(instance->traffic);
}

static void open_traffic(GbInstance *instance, RtHistogram *latency, uint64_t from_ns,
                         uint64_t until_ns)
{
    Client *client = (Client *)instance->traffic;
    client->latency = latency;
    client->from_ns = from_ns;
    client->until_ns = until_ns;
    client->running = pthread_create(&client->thread, NULL, client_main, client) == 0;
}

static void close_traffic(GbInstance *instance)
{
    Client *client = (Client *)instance->traffic;
    shutdown(client->fd, SHUT_RDWR);
    if (client->running) pthread_join(client->thread, NULL);
    client->running = false;
}

// Reads a request, does a step of work, answers.
static bool serve_one(GbWorker *worker, int fd, RtObject *one)
{
    char byte;
    if (!gb_receive(worker->t, fd, &byte, 1)) return false;
    gb_count_step(worker->t, &worker->value, one);
    return gb_send(worker->t, fd, &byte, 1);
}

static void run(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    RtObject *one = rt_int_new(t, 1);
    int fd = worker->instance->files[1];
    for (uint64_t i = 0; i < operations; i++) {
        if (worker->index != 0)
            gb_count_step(t, &worker->value, one);
        else if (!serve_one(worker, fd, one))
            return;
        rt_poll(t);
    }
}

const GbKernel gb_kernel_mixed_reply = {.name = "mixed_reply",
                                        .prepare = prepare,
                                        .finish = finish,
                                        .enter = gb_enter_counter,
                                        .run = run,
                                        .leave = gb_leave_counter,
                                        .open = open_traffic,
                                        .close = close_traffic};
