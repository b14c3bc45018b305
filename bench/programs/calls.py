"""calls: one class, its methods and the module's functions, called by all threads.

What the threads share here, nobody changes: that it is shared should cost nothing.
"""

import sys
import threading
import time


def twice(x):
    return x + x


class Counter:
    step = 1

    def __init__(self):
        self.count = 0

    def add(self, n):
        self.count += n * self.step

    def value(self):
        return self.count


def work(size):
    counter = Counter()
    for i in range(size):
        counter.add(twice(i & 7))
    return counter.value()


def main(threads, size):
    results = [None] * threads

    def run(index):
        results[index] = work(size)

    workers = [threading.Thread(target=run, args=(i,)) for i in range(threads)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    print("checksum", results[0] if results == [results[0]] * threads else results)
    print("seconds", seconds)


main(int(sys.argv[1]), int(sys.argv[2]))
