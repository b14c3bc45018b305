"""Threads that wait for each other: Event, Condition, Semaphore, Barrier."""

import threading

event, condition, items, log = threading.Event(), threading.Condition(), [], []


def consumer():
    event.wait()
    for _ in range(3):
        with condition:
            while not items:
                condition.wait()
            log.append(items.pop(0))
            condition.notify_all()


thread = threading.Thread(target=consumer)
thread.start()
print(event.is_set(), event.wait(0.001), event.set(), event.is_set())
for i in range(3):
    with condition:
        items.append(i)
        condition.notify()
        while items:
            condition.wait()
thread.join()
print(log)
semaphore, inside, most = threading.Semaphore(2), [0], [0]
guard = threading.Lock()


def limited():
    with semaphore:
        with guard:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        with guard:
            inside[0] -= 1


threads = [threading.Thread(target=limited) for _ in range(6)]
[t.start() for t in threads]
[t.join() for t in threads]
print(most[0] <= 2, inside, semaphore.acquire(blocking=False), semaphore.release())
barrier, order = threading.Barrier(3), []


def meet(n):
    order.append("before")
    barrier.wait()
    order.append("after")


threads = [threading.Thread(target=meet, args=(n,)) for n in range(3)]
[t.start() for t in threads]
[t.join() for t in threads]
print(order)


# Who finds what it waits for at once needs no lock.
print(threading.Condition().wait_for(lambda: 5))
try:
    threading.Condition().wait_for(lambda: 0)
except RuntimeError as error:
    print(error)
