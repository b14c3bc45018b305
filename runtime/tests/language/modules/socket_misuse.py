"""Sockets that are closed, refused, or too slow."""

import socket

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
print(listener.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) != 0)
try:
    listener.bind(("localhost", 0))
except OSError:  # a machine without /etc/hosts, on CPython
    listener.bind(("127.0.0.1", 0))
host, port = listener.getsockname()
print(host)
try:
    socket.create_connection(("127.0.0.1", port))
except ConnectionRefusedError as error:
    print(error.errno, isinstance(error, OSError))
listener.listen(1)
with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
    connection, peer = listener.accept()
    print(peer == client.getsockname(), client.gettimeout(), connection.gettimeout())
    client.settimeout(0.01)
    try:
        client.recv(1)
    except socket.timeout as error:
        print("timeout", error)
    client.setblocking(False)
    try:
        client.recv(1)
    except BlockingIOError as error:
        print(type(error).__name__)
    client.settimeout(None)
    print(connection.send(b"abc"), client.recv(2), client.recv(2))
    connection.shutdown(socket.SHUT_WR)
    print(client.recv(1))
    connection.close()
print(client.fileno())
for bad in (
    lambda: client.send(b"x"),
    lambda: listener.connect("nowhere"),
    lambda: connection.sendall("text"),
    lambda: connection.recv(1),
    lambda: listener.bind(("127.0.0.1", 70000)),
):
    try:
        bad()
    except (OSError, TypeError, OverflowError) as error:
        print(type(error).__name__, getattr(error, "errno", None))
listener.close()
