"""echo: a TCP server on the loopback with a thread for each connection, and as many clients.

Each client sends `size` messages and waits for each to come back.
"""

import socket
import sys
import threading
import time

MESSAGE = b"0123456789abcdef"


def receive(connection, size):
    """Exactly `size` bytes; fewer if the other side has closed."""
    data = b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            break
        data += more
    return data


def serve(connection):
    while True:
        data = receive(connection, len(MESSAGE))
        if not data:
            break
        connection.sendall(data)
    connection.close()


def accept_all(listener, count):
    servers = []
    for _ in range(count):
        connection, _ = listener.accept()
        server = threading.Thread(target=serve, args=(connection,))
        server.start()
        servers.append(server)
    for server in servers:
        server.join()


def ask(address, size, answered, index):
    connection = socket.create_connection(address)
    for _ in range(size):
        connection.sendall(MESSAGE)
        if receive(connection, len(MESSAGE)) == MESSAGE:
            answered[index] += 1
    connection.close()


def main(threads, size):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen(threads)
    address = listener.getsockname()
    answered = [0] * threads
    acceptor = threading.Thread(target=accept_all, args=(listener, threads))
    clients = [threading.Thread(target=ask, args=(address, size, answered, i)) for i in range(threads)]
    start = time.perf_counter()
    acceptor.start()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    acceptor.join()
    seconds = time.perf_counter() - start
    listener.close()
    print("checksum", answered[0] if answered == [size] * threads else answered)
    print("seconds", seconds)


main(int(sys.argv[1]), int(sys.argv[2]))
