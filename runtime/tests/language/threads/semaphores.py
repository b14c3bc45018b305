"""A semaphore lets so many in at once; a bounded one minds who comes out."""

import threading

semaphore = threading.Semaphore(2)
lock = threading.Lock()
inside = 0
most = 0


def work():
    global inside, most
    for _ in range(50):
        with semaphore:
            with lock:
                inside += 1
                most = max(most, inside)
            with lock:
                inside -= 1


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(inside, most <= 2)
print(semaphore.acquire(), semaphore.acquire(False), semaphore.acquire(blocking=False), semaphore.acquire(timeout=0.01))
semaphore.release(2)
print(semaphore.acquire(timeout=5), semaphore.acquire(False))
bounded = threading.BoundedSemaphore(1)
bounded.acquire()
bounded.release()
for bad in (
    bounded.release,
    lambda: threading.Semaphore(-1),
    lambda: semaphore.release(0),
    lambda: semaphore.acquire(False, timeout=1),
):
    try:
        bad()
    except ValueError as error:
        print("ValueError", error)
