// client.c: the client's socket and thread.
#include "client.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "files.h"

bool gb_client_prepare(GbInstance *instance, RtThread *t)
{
    (void)t;
    GbClient *client = calloc(1, sizeof *client);
    if (client == NULL) return false;
    instance->traffic = client;
    client->random = instance->setup.seed | 1;
    client->replies = &instance->replies;
    if (!gb_open_socketpairs(instance, 1)) return false;
    client->fd = instance->files[0];
    return true;
}

void gb_client_finish(GbInstance *instance, RtThread *t)
{
    gb_close_files(instance, t);
    free(instance->traffic);
}

void gb_client_start(GbInstance *instance, void *(*main)(void *))
{
    GbClient *client = instance->traffic;
    client->running = pthread_create(&client->thread, NULL, main, client) == 0;
}

void gb_client_close(GbInstance *instance)
{
    GbClient *client = instance->traffic;
    shutdown(client->fd, SHUT_RDWR);
    if (client->running) pthread_join(client->thread, NULL);
    client->running = false;
}

bool gb_client_ask(GbClient *client)
{
    char byte = '?';
    return send(client->fd, &byte, 1, MSG_NOSIGNAL) == 1 && recv(client->fd, &byte, 1, 0) == 1;
}
