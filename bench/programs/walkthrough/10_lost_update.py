"""An update is read, change, write; between them another thread may write. A lock mends it."""

import sys
import threading


class Counter:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()


def plus_one(value):
    return value + 1


def add(counter, times):
    for _ in range(times):
        counter.value = plus_one(counter.value)


def add_locked(counter, times):
    for _ in range(times):
        with counter.lock:
            counter.value = plus_one(counter.value)


def count(work, times):
    counter = Counter()
    workers = [threading.Thread(target=work, args=(counter, times)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return counter.value


sys.setswitchinterval(1e-6)
times = 20000
lost = False
for _ in range(50):
    if count(add, times) < 2 * times:
        lost = True
        break
print("without a lock, updates were lost:", lost)
print("with a lock:", count(add_locked, times), "of", 2 * times)
