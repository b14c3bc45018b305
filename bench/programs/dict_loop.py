"""dict_loop: insert, look up, iterate and delete, in a dict of each thread's own."""

import sys
import threading
import time

LENGTH = 1000


def work(size):
    total = 0
    for _ in range(size):
        table = {}
        for i in range(LENGTH):
            table[i] = i + i
        for i in range(LENGTH):
            total += table[LENGTH - 1 - i]
        for key in table:
            total -= key
        for i in range(0, LENGTH, 2):
            del table[i]
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
