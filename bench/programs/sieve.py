"""sieve: list items. Each thread counts the primes below `size` on a list of its own."""

import sys
import threading
import time


def work(size):
    is_prime = [True] * size
    is_prime[0] = False
    is_prime[1] = False
    i = 2
    while i * i < size:
        if is_prime[i]:
            for multiple in range(i * i, size, i):
                is_prime[multiple] = False
        i += 1
    count = 0
    for prime in is_prime:
        if prime:
            count += 1
    return count


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
