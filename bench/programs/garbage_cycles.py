"""garbage_cycles: rings of objects with a finalizer, which only the collector frees.

Each thread makes and drops `size` rings of three; how many finalizers ran is known after a last
collection. A thread's rings have a tally of their own, with a lock, for whichever thread collects
runs their finalizers.
"""

import gc
import sys
import threading
import time


class Tally:
    def __init__(self):
        self.finalized = 0
        self.lock = threading.RLock()  # a finalizer's own thread may collect, and run others


class Node:
    def __init__(self, tally):
        self.tally = tally
        self.next = self

    def __del__(self):
        with self.tally.lock:
            self.tally.finalized += 1


def ring(tally):
    a = Node(tally)
    b = Node(tally)
    c = Node(tally)
    a.next = b
    b.next = c
    c.next = a


def work(size):
    tally = Tally()
    for _ in range(size):
        ring(tally)
    return tally


def main(threads, size):
    tallies = [None] * threads

    def run(index):
        tallies[index] = work(size)

    workers = [threading.Thread(target=run, args=(i,)) for i in range(threads)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    gc.collect()
    print("checksum", sum([tally.finalized for tally in tallies]) // threads)
    print("seconds", seconds)


main(int(sys.argv[1]), int(sys.argv[2]))
