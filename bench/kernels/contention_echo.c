// contention_echo.c: the convoy: what becomes of a server beside threads that compute?
//
// Worker 0 answers over a socket, giving up the GIL for each read and each write; the others
// count. The client sends its next request as soon as it has the answer, so the server is
// wanted all the time. CPU-bound threads let it through once in a switch interval.
#include "client.h"
#include "files.h"
#include "platform/platform.h"

// Requests before the window warm it up. One that the end cuts off counts with the time that
// it has waited: leaving it out would flatter the slow.
static void *client_main(void *argument)
{
    GbClient *client = argument;
    bool going = true;
    for (uint64_t sent = rt_clock_now(); going && sent < client->replies->until_ns;) {
        going = gb_client_ask(client);
        uint64_t answered = rt_clock_now();
        gb_record_reply(client->replies, sent, answered);
        sent = answered;
    }
    return NULL;
}

static void open_traffic(GbInstance *instance)
{
    gb_client_start(instance, client_main);
}

// A key from the dict: the little work of an answer.
static void look_up(GbWorker *worker)
{
    RtObject *key = worker->keys[worker->position++ % GB_KEYS];
    rt_decref(worker->t, rt_dict_get(worker->t, worker->own, key));
}

static bool serve_one(GbWorker *worker)
{
    int fd = gb_client_server(worker->instance);
    char byte;
    if (!gb_receive(worker->t, fd, &byte, 1)) return false;
    look_up(worker);
    return gb_send(worker->t, fd, &byte, 1);
}

static void run(GbWorker *worker, uint64_t operations)
{
    if (worker->index != 0) {
        gb_run_small(worker, operations);
        return;
    }
    for (uint64_t i = 0; i < operations && serve_one(worker); i++)
        rt_poll(worker->t);
}

const GbKernel gb_kernel_convoy_echo = {.name = "convoy_echo",
                                        .prepare = gb_client_prepare,
                                        .finish = gb_client_finish,
                                        .enter = gb_enter_own_dict,
                                        .run = run,
                                        .leave = gb_leave_own_dict,
                                        .open = open_traffic,
                                        .close = gb_client_close};
