"""counter: one attribute that all threads increment, `locked` or `bare`.

With the lock the count is right on every engine. Without, increments may be lost: the checksum
is only whether the count is possible.
"""

import sys
import threading
import time


class Counter:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()


def add_locked(counter, size):
    for _ in range(size):
        with counter.lock:
            counter.value += 1


def add_bare(counter, size):
    for _ in range(size):
        counter.value += 1


WAYS = {"locked": add_locked, "bare": add_bare}


def main(way, threads, size):
    if way not in WAYS:
        sys.exit(f"counter.py: no way {way!r}: one of {', '.join(sorted(WAYS))}")
    counter = Counter()
    workers = [threading.Thread(target=WAYS[way], args=(counter, size)) for _ in range(threads)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    most = threads * size
    possible = counter.value == most if way == "locked" else 0 < counter.value <= most
    print("checksum", possible)
    print("lost", most - counter.value)
    print("seconds", seconds)


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
