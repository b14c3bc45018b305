"""Locks: owner, recursion, timeouts, mistakes."""

import threading

lock, rlock = threading.Lock(), threading.RLock()
print(lock.acquire(), lock.locked(), lock.acquire(blocking=False), lock.acquire(timeout=0.001), lock.release(), lock.locked())
print(rlock.acquire(), rlock.acquire(), rlock.release(), rlock.release())
for bad in (lambda: lock.release(), lambda: rlock.release(), lambda: threading.Condition().wait(0.001), lambda: threading.Condition().notify()):
    try:
        bad()
    except RuntimeError as error:
        print(error)
with rlock:
    with rlock:
        print("twice")
result = []


def other():
    result.append(rlock.acquire(blocking=False))
    result.append(lock.acquire(blocking=False))
    lock.release()


with rlock:
    t = threading.Thread(target=other)
    t.start()
    t.join()
print(result)
try:
    with lock:
        raise ValueError("inside")
except ValueError as error:
    print(error, lock.locked())
