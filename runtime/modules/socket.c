// socket.c: the module socket: TCP over IPv4 on the loopback or by address, and pairs.
//
// A socket is a resource of the leak report until the program closes it. One that is dropped
// open is closed by the system's side, and stays in the report: CPython warns of it.
#include <errno.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "modules/io.h"
#include "object/format.h"
#include "object/tuple.h"

typedef struct RtSocket {
    RtObject base;
    _Atomic int fd;              // -1: closed
    _Atomic uint64_t timeout_ns; // of a wait; RT_FOREVER: none
    int family;
    int type;
} RtSocket;

static const RtType socket_type;

static inline RtSocket *socket_of(RtObject *object)
{
    return (RtSocket *)object;
}

static int fd_of(RtObject *object)
{
    return rt_atomic_load_relaxed(&socket_of(object)->fd);
}

// None, with the OSError if the result is -1.
static RtObject *done(RtThread *t, int result)
{
    if (result >= 0) return rt_none();
    rt__raise_os(t, errno);
    return NULL;
}

// Takes the descriptor over, also if it fails.
static RtObject *socket_new(RtThread *t, int fd, int family, int type)
{
    if (fd < 0) return done(t, -1);
    RtSocket *socket = (RtSocket *)rt__object_new(t, &socket_type, sizeof(RtSocket));
    if (socket == NULL) {
        rt_file_close(fd);
        return NULL;
    }
    rt_atomic_store_relaxed(&socket->fd, fd);
    rt_atomic_store_relaxed(&socket->timeout_ns, RT_FOREVER);
    socket->family = family;
    socket->type = type;
    rt_resource_opened(t, "socket", fd);
    return &socket->base;
}

// ------------------------------------------------------------------ addresses

// "", "localhost" or four numbers. False with an OSError: names are not looked up.
static bool host_of(RtThread *t, const char *text, uint32_t *host)
{
    *host = *text == '\0' ? RT_HOST_ANY : RT_HOST_LOOPBACK;
    if (*text == '\0' || strcmp(text, "localhost") == 0) return true;
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        char *end;
        long part = strtol(text, &end, 10);
        bool last = i == 3;
        if (end == text || part < 0 || part > 255 || *end != (last ? '\0' : '.')) {
            rt_error_set(t, RT_ERROR_OS, "[Errno -2] Name or service not known");
            return false;
        }
        value = value << 8 | (uint32_t)part;
        text = end + 1;
    }
    *host = value;
    return true;
}

static bool as_address(RtThread *t, const char *caller, RtObject *object, RtAddress *address)
{
    int64_t port;
    if (object->type != &rt__tuple_type) {
        rt__error_format(t, RT_ERROR_TYPE, "%s(): AF_INET address must be tuple, not %s",
                         caller, object->type->name);
        return false;
    }
    if (rt_tuple_size(object) != 2) {
        rt_error_set(t, RT_ERROR_TYPE, "AF_INET address must be a pair (host, port)");
        return false;
    }
    RtObject *host = rt__tuple_item(object, 0);
    if (!rt_str_check(host)) {
        rt__error_format(t, RT_ERROR_TYPE, "str, bytes or bytearray expected, not %s",
                         host->type->name);
        return false;
    }
    if (!rt__as_int(t, rt__tuple_item(object, 1), &port)) return false;
    if (port < 0 || port > 65535) {
        rt__error_format(t, RT_ERROR_OVERFLOW, "%s(): port must be 0-65535.", caller);
        return false;
    }
    address->port = (uint16_t)port;
    return host_of(t, rt_str_bytes_borrowed(host, NULL), &address->host);
}

// ("127.0.0.1", 80); of pairs, which have no name, "".
static RtObject *address_object(RtThread *t, const RtSocket *socket, RtAddress address)
{
    if (socket->family != AF_INET) return rt_str_new(t, "", 0);
    unsigned host = address.host;
    return rt__tuple_pair_steal(
        t,
        rt__format(t, "%u.%u.%u.%u", host >> 24, host >> 16 & 255, host >> 8 & 255, host & 255),
        rt_int_new(t, address.port));
}

// ------------------------------------------------------------------ waiting

// When a call that begins now is to give up. 0: it does not wait at all.
static uint64_t deadline_of(RtObject *object)
{
    uint64_t ns = rt_atomic_load_relaxed(&socket_of(object)->timeout_ns);
    if (ns == RT_FOREVER) return RT_NO_DEADLINE;
    return ns == 0 ? 0 : rt_clock_now() + ns;
}

static void raise_timeout(RtThread *t, uint64_t deadline)
{
    if (deadline == 0)
        rt__raise_os(t, EAGAIN);
    else
        rt__raise(t, rt__module_class(t, "socket", "timeout"), "timed out");
}

// Waits until the deadline for what the next call is for. False with an error; that of a closed
// socket is the call's.
static bool await(RtThread *t, RtObject *object, bool to_write, uint64_t deadline)
{
    while (deadline != RT_NO_DEADLINE && fd_of(object) >= 0) {
        rt_thread_detach(t);
        int ready =
            rt_file_await(fd_of(object), to_write, deadline == 0 ? 0 : rt__time_left(deadline));
        int error = errno;
        rt_thread_attach(t);
        if (ready > 0) return true;
        if (ready == 0) raise_timeout(t, deadline);
        if (ready < 0 && error != EINTR) rt__raise_os(t, error);
        if (ready == 0 || error != EINTR || !rt__serve_interrupt(t)) return false;
    }
    return true;
}

// The call would have had to wait, after all or again: another thread was faster, or the
// connection is on its way. Its error is forgotten then, and there is time left to wait.
static bool would_wait(RtThread *t, uint64_t deadline)
{
    if (deadline == 0 || deadline == RT_NO_DEADLINE || !rt__error_is_os(t, EAGAIN))
        return false;
    rt_error_clear(t);
    return true;
}

static ptrdiff_t move(RtThread *t, RtObject *object, RtTransfer transfer, bool to_write,
                      void *bytes, size_t size, uint64_t deadline)
{
    for (;;) {
        if (!await(t, object, to_write, deadline)) return -1;
        ptrdiff_t moved = rt__transfer(t, transfer, fd_of(object), bytes, size);
        if (moved >= 0 || !would_wait(t, deadline)) return moved;
    }
}

// ------------------------------------------------------------------ connections

static ptrdiff_t accept_one(int fd, void *address, size_t size)
{
    (void)size;
    return rt_socket_accept(fd, address);
}

static ptrdiff_t connect_to(int fd, void *address, size_t size)
{
    (void)size;
    return rt_socket_connect(fd, *(RtAddress *)address);
}

NATIVE(socket_bind)
{
    RtAddress address;
    if (!as_address(t, "bind", args[1], &address)) return NULL;
    return done(t, rt_socket_bind(fd_of(args[0]), address));
}

NATIVE(socket_listen)
{
    int64_t backlog = 128;
    if (count == 2 && !rt__as_int(t, args[1], &backlog)) return NULL;
    return done(t, rt_socket_listen(fd_of(args[0]), backlog < 0 ? 0 : (int)backlog));
}

NATIVE(socket_accept)
{
    RtAddress peer;
    ptrdiff_t fd =
        move(t, args[0], accept_one, false, &peer, sizeof peer, deadline_of(args[0]));
    if (fd < 0) return NULL;
    const RtSocket *listener = socket_of(args[0]);
    RtObject *connection = socket_new(t, (int)fd, listener->family, listener->type);
    if (connection == NULL) return NULL;
    return rt__tuple_pair_steal(t, connection, address_object(t, listener, peer));
}

static bool connect_socket(RtThread *t, RtObject *object, RtAddress address)
{
    uint64_t deadline = deadline_of(object);
    if (rt__transfer(t, connect_to, fd_of(object), &address, sizeof address) >= 0) return true;
    if (!would_wait(t, deadline) || !await(t, object, true, deadline)) return false;
    int error;
    if (rt_socket_option(fd_of(object), SOL_SOCKET, SO_ERROR, &error) < 0) error = errno;
    if (error != 0) rt__raise_os(t, error);
    return error == 0;
}

NATIVE(socket_connect)
{
    RtAddress address;
    if (!as_address(t, "connect", args[1], &address)) return NULL;
    return connect_socket(t, args[0], address) ? rt_none() : NULL;
}

NATIVE(socket_getsockname)
{
    RtAddress address;
    if (rt_socket_name(fd_of(args[0]), &address) < 0) return done(t, -1);
    return address_object(t, socket_of(args[0]), address);
}

NATIVE(socket_getpeername)
{
    RtAddress address;
    if (rt_socket_peer(fd_of(args[0]), &address) < 0) return done(t, -1);
    return address_object(t, socket_of(args[0]), address);
}

// ------------------------------------------------------------------ sending and receiving
//
// A signal ends a call that has sent a part as if that was all, so it is asked for afterwards.

NATIVE(socket_recv)
{
    int64_t size;
    if (!rt__as_int(t, args[1], &size)) return NULL;
    if (size < 0) {
        rt_error_set(t, RT_ERROR_VALUE, "negative buffersize in recv");
        return NULL;
    }
    uint64_t deadline = deadline_of(args[0]);
    for (;;) {
        if (!await(t, args[0], false, deadline)) return NULL;
        RtObject *bytes = rt__transfer_in(t, rt_socket_receive, fd_of(args[0]), size);
        if (bytes != NULL || !would_wait(t, deadline)) return bytes;
    }
}

NATIVE(socket_send)
{
    void *bytes;
    size_t size;
    if (!rt__bytes_given(t, args[1], &bytes, &size)) return NULL;
    ptrdiff_t sent = move(t, args[0], rt_socket_send, true, bytes, size, deadline_of(args[0]));
    return sent < 0 || !rt__serve_interrupt(t) ? NULL : rt_int_new(t, sent);
}

// Once at least: a socket that takes nothing is waited for even with nothing to send.
NATIVE(socket_sendall)
{
    void *bytes;
    size_t size, sent = 0;
    if (!rt__bytes_given(t, args[1], &bytes, &size)) return NULL;
    uint64_t deadline = deadline_of(args[0]); // for all of it
    do {
        ptrdiff_t more =
            move(t, args[0], rt_socket_send, true, (char *)bytes + sent, size - sent, deadline);
        if (more < 0 || !rt__serve_interrupt(t)) return NULL;
        sent += (size_t)more;
    } while (sent < size);
    return rt_none();
}

NATIVE(socket_shutdown)
{
    int64_t how;
    if (!rt__as_int(t, args[1], &how)) return NULL;
    return done(t, rt_socket_shutdown(fd_of(args[0]), (int)how));
}

// ------------------------------------------------------------------ closing

NATIVE(socket_close)
{
    int fd = rt_atomic_exchange_acq_rel(&socket_of(args[0])->fd, -1);
    if (fd < 0) return rt_none();
    rt_resource_closed(t, "socket", fd);
    return done(t, rt_file_close(fd));
}

NATIVE(socket_enter)
{
    return rt_new_ref(t, args[0]);
}

NATIVE(socket_exit)
{
    return socket_close(t, args, 1, NULL);
}

NATIVE(socket_fileno)
{
    return rt_int_new(t, fd_of(args[0]));
}

// ------------------------------------------------------------------ settings

// The system's side waits only if it may wait for ever: what `await` saw may be gone when the
// call comes, and it must not wait then. As in CPython.
static RtObject *set_timeout(RtThread *t, RtObject *object, uint64_t ns)
{
    rt_atomic_store_relaxed(&socket_of(object)->timeout_ns, ns);
    return done(t, rt_socket_set_blocking(fd_of(object), ns == RT_FOREVER));
}

NATIVE(socket_settimeout)
{
    double seconds;
    if (args[1] == rt_none()) return set_timeout(t, args[0], RT_FOREVER);
    if (!rt__as_double(t, args[1], &seconds)) return NULL;
    if (seconds >= 0 && seconds * 1e9 <= 0x1p62)
        return set_timeout(t, args[0], (uint64_t)ceil(seconds * 1e9));
    if (seconds > 0)
        rt_error_set(t, RT_ERROR_OVERFLOW, "timestamp too large to convert to C _PyTime_t");
    else
        rt_error_set(t, RT_ERROR_VALUE,
                     isnan(seconds) ? "Invalid value NaN (not a number)"
                                    : "Timeout value out of range");
    return NULL;
}

NATIVE(socket_gettimeout)
{
    uint64_t ns = rt_atomic_load_relaxed(&socket_of(args[0])->timeout_ns);
    return ns == RT_FOREVER ? rt_none() : rt_float_new(t, (double)ns / 1e9);
}

NATIVE(socket_setblocking)
{
    int blocking = rt__truth(t, args[1]);
    if (blocking < 0) return NULL;
    return set_timeout(t, args[0], blocking ? RT_FOREVER : 0);
}

NATIVE(socket_setsockopt)
{
    int64_t level, option, value;
    if (!rt__as_int(t, args[1], &level) || !rt__as_int(t, args[2], &option) ||
        !rt__as_int(t, args[3], &value))
        return NULL;
    return done(t, rt_socket_set_option(fd_of(args[0]), (int)level, (int)option, (int)value));
}

NATIVE(socket_getsockopt)
{
    int64_t level, option;
    int value;
    if (!rt__as_int(t, args[1], &level) || !rt__as_int(t, args[2], &option)) return NULL;
    if (rt_socket_option(fd_of(args[0]), (int)level, (int)option, &value) < 0)
        return done(t, -1);
    return rt_int_new(t, value);
}

// ------------------------------------------------------------------ the type

// socket(family=AF_INET, type=SOCK_STREAM, proto=0)
static RtObject *construct(RtThread *t, const RtType *of, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    (void)of;
    static const char *const names[] = {"family", "type", "proto", NULL};
    RtObject *values[3];
    int64_t numbers[3] = {AF_INET, SOCK_STREAM, 0};
    if (!rt__accepts(t, "socket", count, 3, NULL) ||
        !rt__arguments(t, "socket", args, count, kwnames, names, values))
        return NULL;
    for (size_t i = 0; i < 3; i++) {
        if (values[i] != NULL && !rt__as_int(t, values[i], &numbers[i])) return NULL;
    }
    int family = (int)numbers[0], type = (int)numbers[1];
    return socket_new(t, rt_socket_open(family, type, (int)numbers[2]), family, type);
}

static void finish(RtThread *t, RtObject *object)
{
    (void)t;
    if (fd_of(object) >= 0) rt_file_close(fd_of(object));
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    return rt__format(t, "<socket.socket fd=%d, family=%d, type=%d>", fd_of(object),
                      socket_of(object)->family, socket_of(object)->type);
}

static const RtBuiltin methods[] = {
    RT_METHOD("socket.bind", socket_bind, 1, 1),
    RT_METHOD("socket.listen", socket_listen, 0, 1),
    RT_METHOD("socket.accept", socket_accept, 0, 0),
    RT_METHOD("socket.connect", socket_connect, 1, 1),
    RT_METHOD("socket.getsockname", socket_getsockname, 0, 0),
    RT_METHOD("socket.getpeername", socket_getpeername, 0, 0),
    RT_METHOD("socket.recv", socket_recv, 1, 1),
    RT_METHOD("socket.send", socket_send, 1, 1),
    RT_METHOD("socket.sendall", socket_sendall, 1, 1),
    RT_METHOD("socket.shutdown", socket_shutdown, 1, 1),
    RT_METHOD("socket.close", socket_close, 0, 0),
    RT_METHOD("socket.__enter__", socket_enter, 0, 0),
    RT_METHOD("socket.__exit__", socket_exit, 3, 3),
    RT_METHOD("socket.fileno", socket_fileno, 0, 0),
    RT_METHOD("socket.settimeout", socket_settimeout, 1, 1),
    RT_METHOD("socket.gettimeout", socket_gettimeout, 0, 0),
    RT_METHOD("socket.setblocking", socket_setblocking, 1, 1),
    RT_METHOD("socket.setsockopt", socket_setsockopt, 3, 3),
    RT_METHOD("socket.getsockopt", socket_getsockopt, 2, 2),
    RT_BUILTIN_END,
};

static const RtSlots slots = {.construct = construct, .methods = methods};

static const RtType socket_type = {
    RT_TYPE_BASE,     .name = "socket.socket",   .slots = &slots,
    .finish = finish, .hash = rt__identity_hash, .repr = repr,
};

// ------------------------------------------------------------------ functions

NATIVE(make_pair)
{
    int ends[2];
    if (rt_socket_pair(ends) < 0) return done(t, -1);
    RtObject *near = socket_new(t, ends[0], AF_UNIX, SOCK_STREAM);
    return rt__tuple_pair_steal(t, near, socket_new(t, ends[1], AF_UNIX, SOCK_STREAM));
}

// `timeout` may be NULL.
static RtObject *connected(RtThread *t, RtAddress address, RtObject *timeout)
{
    int fd = rt_socket_open(AF_INET, SOCK_STREAM, 0);
    RtObject *socket = socket_new(t, fd, AF_INET, SOCK_STREAM);
    RtObject *given[] = {socket, timeout};
    if (socket == NULL) return NULL;
    if ((timeout == NULL || socket_settimeout(t, given, 2, NULL) != NULL) &&
        connect_socket(t, socket, address))
        return socket;
    RtObject *exception = rt__exception_take(t);
    socket_close(t, &socket, 1, NULL);
    rt_decref(t, socket);
    rt__exception_restore_steal(t, exception);
    return NULL;
}

// create_connection(address, timeout=None)
NATIVE(create_connection)
{
    static const char *const names[] = {"address", "timeout", NULL};
    RtObject *values[2];
    RtAddress address;
    if (!rt__arguments(t, "create_connection", args, count, kwnames, names, values) ||
        !as_address(t, "connect", values[0], &address))
        return NULL;
    return connected(t, address, values[1]);
}

static const RtBuiltin functions[] = {
    RT_FUNCTION("socket.socketpair", make_pair, 0, 0),
    RT_FUNCTION_KW("socket.create_connection", create_connection, 1, 2),
    RT_BUILTIN_END,
};

static const RtConstant constants[] = {
    {"AF_INET", AF_INET},           {"AF_UNIX", AF_UNIX},
    {"SOCK_STREAM", SOCK_STREAM},   {"SOL_SOCKET", SOL_SOCKET},
    {"SO_REUSEADDR", SO_REUSEADDR}, {"SO_SNDBUF", SO_SNDBUF},
    {"SO_RCVBUF", SO_RCVBUF},       {"IPPROTO_TCP", IPPROTO_TCP},
    {"TCP_NODELAY", TCP_NODELAY},   {"SHUT_RD", SHUT_RD},
    {"SHUT_WR", SHUT_WR},           {"SHUT_RDWR", SHUT_RDWR},
    {"SOMAXCONN", SOMAXCONN},       {NULL, 0},
};

bool rt__socket_fill(RtThread *t, RtObject *module)
{
    RtObject *name = rt_str_intern(t, "TimeoutError", 12);
    return name != NULL && rt__module_add_builtins(t, module, functions) &&
           rt__module_add_constants(t, module, constants) &&
           rt__module_add_type(t, module, "socket", &socket_type) &&
           rt__module_set(t, module, "error", rt__error_class(t, RT_ERROR_OS)) &&
           rt__module_set(t, module, "timeout",
                          rt__module_get_borrowed(t, rt__vm(t)->builtins, name));
}
