// mixed.c: how long does a request wait beside threads that compute?
//
// Worker 0 answers requests that come over a socket; the others count. The client sends each
// request at its intended time, a mean of PERIOD_NS apart with jitter from the seed, whether
// or not the last has been answered in time, and measures from the *intended* time, so that
// a slow answer also counts for the requests that it held up.
#define _GNU_SOURCE
#include <errno.h>
#include <time.h>

#include "client.h"
#include "files.h"
#include "platform/platform.h"

// Two waits for the GIL fit in: one after the read, one after the write, 5 ms each.
#define PERIOD_NS 20000000ull

static void sleep_until(uint64_t ns)
{
    struct timespec at = {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR) {
    }
}

static uint64_t gap(GbClient *client)
{
    return PERIOD_NS / 2 + gb_random(&client->random) % PERIOD_NS;
}

// A request whose answer has not come by the end of the window is cut off by the shutdown and
// counts with the time that it has waited; so do those that it held up and that could not be
// sent. Leaving them out would flatter the slow.
static void *client_main(void *argument)
{
    GbClient *client = argument;
    uint64_t intended = client->replies->from_ns + gb_random(&client->random) % PERIOD_NS;
    bool going = true;
    while (intended < client->replies->until_ns) {
        if (going) sleep_until(intended);
        going = going && gb_client_ask(client);
        gb_record_reply(client->replies, intended, rt_clock_now());
        intended += gap(client);
    }
    return NULL;
}

static void open_traffic(GbInstance *instance)
{
    gb_client_start(instance, client_main);
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
    if (worker->index != 0) {
        gb_run_count(worker, operations);
        return;
    }
    RtObject *one = rt_int_new(worker->t, 1);
    int fd = gb_client_server(worker->instance);
    for (uint64_t i = 0; i < operations && serve_one(worker, fd, one); i++)
        rt_poll(worker->t);
}

const GbKernel gb_kernel_mixed_reply = {.name = "mixed_reply",
                                        .prepare = gb_client_prepare,
                                        .finish = gb_client_finish,
                                        .enter = gb_enter_counter,
                                        .run = run,
                                        .leave = gb_leave_counter,
                                        .open = open_traffic,
                                        .close = gb_client_close};
