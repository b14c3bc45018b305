"""Timeouts of every kind of call, of what a call leaves half done too; what is no timeout."""

import socket
import threading


def attempt(function):
    try:
        result = function()
    except (OSError, ValueError) as error:
        print(type(error).__name__, error)
    else:
        print(len(result) if isinstance(result, bytes) else result)


MUCH = b"x" * 20000000  # more than a socket takes
near, far = socket.socketpair()
near.settimeout(0.05)
attempt(lambda: near.recv(1))
attempt(lambda: near.sendall(MUCH))
attempt(lambda: near.sendall(b""))
far.setblocking(False)
attempt(lambda: far.recv(10))
attempt(lambda: far.sendall(MUCH))
attempt(lambda: far.send(MUCH))
far.setblocking(True)
attempt(lambda: far.gettimeout())
attempt(lambda: far.recv(10))
for timeout in (-1, float("nan"), 0, 2, 0.3, 1e-12, None):
    attempt(lambda: far.settimeout(timeout))
    attempt(lambda: far.gettimeout())
near.close()
attempt(lambda: near.recv(1))
attempt(lambda: near.sendall(b"x"))
attempt(lambda: near.settimeout(1))
far.close()

# Only one of those who wait gets what comes; the others' time runs out.
near, far = socket.socketpair()
near.settimeout(0.2)
got = []


def receive():
    try:
        got.append(near.recv(1))
    except socket.timeout:
        got.append(b"")


threads = [threading.Thread(target=receive) for _ in range(3)]
for thread in threads:
    thread.start()
far.send(b"y")
for thread in threads:
    thread.join()
print(sorted(got))
near.close()
far.close()

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(5)
address = listener.getsockname()
listener.settimeout(0.05)
attempt(lambda: listener.accept())
listener.setblocking(False)
attempt(lambda: listener.accept())
listener.settimeout(None)
client = socket.create_connection(address, 0.3)
server, peer = listener.accept()
print(client.gettimeout(), server.gettimeout(), peer == client.getsockname())
attempt(lambda: client.sendall(MUCH))
client.close()
server.close()
with socket.socket() as client:
    client.settimeout(0.2)
    attempt(lambda: client.connect(address))
with socket.socket() as client:
    client.setblocking(False)
    attempt(lambda: client.connect(address))
listener.close()
with socket.socket() as client:
    client.settimeout(0.2)
    attempt(lambda: client.connect(address))
for wrong in (5, ("127.0.0.1",), (5, 5), ["127.0.0.1", 1]):
    try:
        socket.socket().connect(wrong)
    except TypeError as error:
        print(error)
