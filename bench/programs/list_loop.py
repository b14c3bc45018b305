"""list_loop: append, index, assign, pop and iterate, on a list of each thread's own."""

import sys
import threading
import time

LENGTH = 1000


def work(size):
    total = 0
    for _ in range(size):
        items = []
        for i in range(LENGTH):
            items.append(i)
        for i in range(LENGTH):
            items[i] = items[i] + items[LENGTH - 1 - i]
        for item in items:
            total += item
        while items:
            items.pop()
    return total


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
