"""Barriers while their action is called, and while those who were let go leave."""

import threading
import time


def waiter(barrier, timeout=None):
    try:
        out.append(barrier.wait(timeout))
    except threading.BrokenBarrierError:
        out.append("broken")


def meet(barrier, timeout=None):
    """A thread that waits, and then this one. What both get, and whether it broke."""
    out.clear()
    other = threading.Thread(target=waiter, args=(barrier, timeout))
    other.start()
    while barrier.n_waiting == 0:
        time.sleep(0.001)
    try:
        out.append(barrier.wait())
    except ZeroDivisionError as error:
        out.append(str(error))
    other.join()
    print(sorted(out, key=str), barrier.broken, barrier.n_waiting)


out = []
# Who has come in does not give up while the action is called.
meet(threading.Barrier(2, action=lambda: time.sleep(0.4)), 0.2)
meet(threading.Barrier(2, action=lambda: 1 / 0))


def act():
    started.set()
    time.sleep(0.1)


def break_it():
    started.wait()
    barrier.abort()


# A break that comes meanwhile comes when the action has been called.
started = threading.Event()
barrier = threading.Barrier(1, action=act)
breaker = threading.Thread(target=break_it)
breaker.start()
print(barrier.wait())
breaker.join()
print(barrier.broken)
barrier.reset()
print(barrier.broken)


# A reset lets those go on who have been let go.
def around():
    for _ in range(100):
        waiter(first)
        if first.n_waiting == 0:
            first.reset()
        waiter(second)


first, second = threading.Barrier(3), threading.Barrier(3)
out.clear()
threads = [threading.Thread(target=around) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(out), out.count("broken"))
