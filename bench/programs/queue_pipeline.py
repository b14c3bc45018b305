"""queue_pipeline: half of the threads put numbers into one bounded queue, half take them out."""

import queue
import sys
import threading
import time

CAPACITY = 64


def produce(channel, size):
    for i in range(size):
        channel.put(i)
    channel.put(None)


def consume(channel, sums, index):
    total = 0
    while True:
        item = channel.get()
        if item is None:
            break
        total += item
    sums[index] = total


def main(threads, size):
    pairs = max(threads // 2, 1)
    channel = queue.Queue(CAPACITY)
    sums = [0] * pairs
    workers = [threading.Thread(target=produce, args=(channel, size)) for _ in range(pairs)]
    workers += [threading.Thread(target=consume, args=(channel, sums, i)) for i in range(pairs)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    print("checksum", sum(sums) // pairs)
    print("seconds", seconds)


main(int(sys.argv[1]), int(sys.argv[2]))
