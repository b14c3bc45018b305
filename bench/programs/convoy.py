"""convoy: a thread that echoes over a socket beside threads that only compute.

After David Beazley's demonstration of the convoy effect: the computing threads need nothing of
the echo, and yet slow it down wherever one lock lets one thread run at a time. The time is that
of `size` echoes beside threads - 1 spinners.
"""

import socket
import sys
import threading
import time

MESSAGE = b"x"


def serve(connection):
    while True:
        data = connection.recv(1)
        if not data:
            break
        connection.sendall(data)


def spin(running):
    count = 0
    while running[0]:
        count += 1
    return count


def main(threads, size):
    near, far = socket.socketpair()
    running = [True]
    server = threading.Thread(target=serve, args=(far,))
    spinners = [threading.Thread(target=spin, args=(running,)) for _ in range(threads - 1)]
    server.start()
    for spinner in spinners:
        spinner.start()
    echoes = 0
    start = time.perf_counter()
    for _ in range(size):
        near.sendall(MESSAGE)
        if near.recv(1) == MESSAGE:
            echoes += 1
    seconds = time.perf_counter() - start
    running[0] = False
    near.close()
    server.join()
    for spinner in spinners:
        spinner.join()
    far.close()
    print("checksum", echoes)
    print("seconds", seconds)


main(int(sys.argv[1]), int(sys.argv[2]))
