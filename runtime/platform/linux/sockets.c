// sockets.c: the seam's sockets on Linux.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "platform/platform.h"

static struct sockaddr_in native_of(RtAddress address)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons(address.port),
                                .sin_addr.s_addr = htonl(address.host)};
}

// Of another family than IPv4: no address.
static RtAddress address_of(const struct sockaddr_in *native)
{
    if (native->sin_family != AF_INET) return (RtAddress){0};
    return (RtAddress){ntohl(native->sin_addr.s_addr), ntohs(native->sin_port)};
}

int rt_socket_open(int family, int type, int protocol)
{
    return socket(family, type | SOCK_CLOEXEC, protocol);
}

int rt_socket_pair(int ends[2])
{
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
}

int rt_socket_bind(int fd, RtAddress address)
{
    struct sockaddr_in native = native_of(address);
    return bind(fd, (const struct sockaddr *)&native, sizeof native);
}

int rt_socket_listen(int fd, int backlog)
{
    return listen(fd, backlog);
}

int rt_socket_accept(int fd, RtAddress *peer)
{
    struct sockaddr_in native = {0};
    socklen_t size = sizeof native;
    int accepted = accept4(fd, (struct sockaddr *)&native, &size, SOCK_CLOEXEC);
    *peer = address_of(&native);
    return accepted;
}

int rt_socket_connect(int fd, RtAddress address)
{
    struct sockaddr_in native = native_of(address);
    return connect(fd, (const struct sockaddr *)&native, sizeof native);
}

int rt_socket_shutdown(int fd, int how)
{
    return shutdown(fd, how);
}

int rt_socket_name(int fd, RtAddress *address)
{
    struct sockaddr_in native = {0};
    socklen_t size = sizeof native;
    int result = getsockname(fd, (struct sockaddr *)&native, &size);
    *address = address_of(&native);
    return result;
}

int rt_socket_peer(int fd, RtAddress *address)
{
    struct sockaddr_in native = {0};
    socklen_t size = sizeof native;
    int result = getpeername(fd, (struct sockaddr *)&native, &size);
    *address = address_of(&native);
    return result;
}

int rt_socket_set_option(int fd, int level, int option, int value)
{
    return setsockopt(fd, level, option, &value, sizeof value);
}

int rt_socket_option(int fd, int level, int option, int *value)
{
    socklen_t size = sizeof *value;
    return getsockopt(fd, level, option, value, &size);
}

int rt_socket_set_blocking(int fd, bool blocks)
{
    int never = !blocks;
    return ioctl(fd, FIONBIO, &never);
}

ptrdiff_t rt_socket_send(int fd, void *bytes, size_t size)
{
    return send(fd, bytes, size, MSG_NOSIGNAL);
}

ptrdiff_t rt_socket_receive(int fd, void *buffer, size_t size)
{
    return recv(fd, buffer, size, 0);
}
