"""fannkuch: small ints and list items. Each thread flips all permutations of 0 .. size - 1.

A permutation whose first item is k has its first k + 1 items reversed until its first is 0; the
checksum adds up the numbers of flips with alternating sign, beside the largest number.
"""

import sys
import threading
import time


def flips_of(permutation):
    flips = 0
    first = permutation[0]
    while first != 0:
        low = 0
        high = first
        while low < high:
            permutation[low], permutation[high] = permutation[high], permutation[low]
            low += 1
            high -= 1
        flips += 1
        first = permutation[0]
    return flips


def work(size):
    permutation = list(range(size))
    counts = [0] * size
    checksum = 0
    most = 0
    sign = 1
    remaining = size
    while True:
        while remaining > 1:
            counts[remaining - 1] = remaining
            remaining -= 1
        if permutation[0] != 0:
            flips = flips_of(permutation[:])
            checksum += sign * flips
            if flips > most:
                most = flips
        sign = -sign
        while True:
            if remaining == size:
                return (checksum, most)
            first = permutation[0]
            for i in range(remaining):
                permutation[i] = permutation[i + 1]
            permutation[remaining] = first
            counts[remaining] -= 1
            if counts[remaining] > 0:
                break
            remaining += 1


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
