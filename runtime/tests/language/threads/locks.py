"""A lock around a counter, with and try/finally."""

import threading

lock = threading.Lock()
count = 0


def add(n):
    global count
    for _ in range(n):
        with lock:
            count += 1
        lock.acquire()
        try:
            count += 1
        finally:
            lock.release()


threads = [threading.Thread(target=add, args=(500,)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count, lock.locked())
with lock:
    print(lock.locked(), lock.acquire(False))
reentrant = threading.RLock()
with reentrant:
    with reentrant:
        print("twice")
