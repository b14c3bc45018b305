// files.c: pipes, sockets and connections of an instance, and whole messages over them.
#include "files.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

// ------------------------------------------------------------------ opening and closing

static int *next_pair(GbInstance *instance)
{
    return &instance->files[instance->file_count];
}

bool gb_open_pipes(GbInstance *instance, unsigned pipes)
{
    for (unsigned i = 0; i < pipes; i++) {
        if (pipe(next_pair(instance)) != 0) return false;
        instance->file_count += 2;
    }
    return true;
}

bool gb_open_socketpairs(GbInstance *instance, unsigned pairs)
{
    for (unsigned i = 0; i < pairs; i++) {
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, next_pair(instance)) != 0) return false;
        instance->file_count += 2;
    }
    return true;
}

// A socket that listens on a port of the system's choice, which `address` then names; or -1.
static int listen_here(struct sockaddr_in *address)
{
    socklen_t size = sizeof *address;
    *address =
        (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0) return -1;
    if (bind(listener, (struct sockaddr *)address, size) == 0 && listen(listener, 1) == 0 &&
        getsockname(listener, (struct sockaddr *)address, &size) == 0)
        return listener;
    close(listener);
    return -1;
}

// Small messages are to leave at once instead of waiting for more.
static bool without_delay(int fd)
{
    int on = 1;
    return setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0;
}

// Connects before it accepts: the connection is made as soon as the listener has room for it.
static bool open_connection(GbInstance *instance, int listener,
                            const struct sockaddr_in *address)
{
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (client < 0) return false;
    instance->files[instance->file_count++] = client;
    if (connect(client, (const struct sockaddr *)address, sizeof *address) != 0) return false;
    int server = accept(listener, NULL, NULL);
    if (server < 0) return false;
    instance->files[instance->file_count++] = server;
    return without_delay(client) && without_delay(server);
}

bool gb_open_connections(GbInstance *instance, unsigned number)
{
    struct sockaddr_in address;
    int listener = listen_here(&address);
    if (listener < 0) return false;
    bool opened = true;
    for (unsigned i = 0; opened && i < number; i++)
        opened = open_connection(instance, listener, &address);
    close(listener);
    return opened;
}

void gb_close_files(GbInstance *instance, RtThread *t)
{
    (void)t;
    for (unsigned i = 0; i < instance->file_count; i++)
        close(instance->files[i]);
}

void gb_shut_down_files(GbInstance *instance)
{
    for (unsigned i = 0; i < instance->file_count; i++)
        shutdown(instance->files[i], SHUT_RDWR);
}

// ------------------------------------------------------------------ whole messages

bool gb_send(RtThread *t, int fd, const void *bytes, size_t size)
{
    const char *next = bytes;
    while (size > 0) {
        ptrdiff_t sent = rt_blocking_write(t, fd, next, size);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        next += sent;
        size -= (size_t)sent;
    }
    return true;
}

bool gb_receive(RtThread *t, int fd, void *bytes, size_t size)
{
    char *next = bytes;
    while (size > 0) {
        ptrdiff_t got = rt_blocking_read(t, fd, next, size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        next += got;
        size -= (size_t)got;
    }
    return true;
}
