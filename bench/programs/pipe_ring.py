"""pipe_ring: threads in a ring, a pipe from each to the next; one byte goes round `size` times."""

import os
import sys
import threading
import time


def pass_on(source, target, size):
    for _ in range(size):
        os.write(target, os.read(source, 1))


def main(threads, size):
    pipes = [os.pipe() for _ in range(threads)]
    workers = []
    for i in range(threads):
        source = pipes[i][0]
        target = pipes[(i + 1) % threads][1]
        workers.append(threading.Thread(target=pass_on, args=(source, target, size)))
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    os.write(pipes[0][1], b"x")
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    left = os.read(pipes[0][0], 2)
    for source, target in pipes:
        os.close(source)
        os.close(target)
    print("checksum", left)
    print("seconds", seconds)


main(int(sys.argv[1]), int(sys.argv[2]))
