// client.h: a client outside the runtime, that asks over a socket and waits for the answer.
//
// It is a system thread of its own, bound to nothing, and the instance's `traffic`. Worker 0
// serves the other end of the socket.
#ifndef GB_KERNELS_CLIENT_H
#define GB_KERNELS_CLIENT_H

#include <pthread.h>

#include "kernel.h"

typedef struct GbClient {
    pthread_t thread;
    bool running;
    int fd;
    uint64_t random;
    GbReplies *replies; // the instance's
} GbClient;

// A kernel's `prepare` (false: no memory or no sockets), `finish` and `close`.
bool gb_client_prepare(GbInstance *instance, RtThread *t);
void gb_client_finish(GbInstance *instance, RtThread *t);
void gb_client_close(GbInstance *instance);
// Starts the client; `main` gets the GbClient, and ends when gb_client_ask fails or earlier.
void gb_client_start(GbInstance *instance, void *(*main)(void *client));

// Sends a byte and waits for the answer. False: the connection was shut down.
bool gb_client_ask(GbClient *client);

// The end that worker 0 serves.
static inline int gb_client_server(const GbInstance *instance)
{
    return instance->files[1];
}

#endif
