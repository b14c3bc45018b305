"""sleep_fan: threads that only sleep, a millisecond at a time: nothing should hold them up."""

import sys
import threading
import time


def sleep(size):
    for _ in range(size):
        time.sleep(0.001)


def main(threads, size):
    workers = [threading.Thread(target=sleep, args=(size,)) for _ in range(threads)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    print("checksum", seconds >= size * 0.001)
    print("seconds", seconds)


main(int(sys.argv[1]), int(sys.argv[2]))
