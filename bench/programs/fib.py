"""fib: calls. Each thread computes the same Fibonacci number by plain recursion."""

import sys
import threading
import time


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def work(size):
    return fib(size)


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
