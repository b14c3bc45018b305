"""A barrier lets a group go at once, round after round; broken, it says so to all."""

import threading

ROUNDS = 5
called = []
barrier = threading.Barrier(3, action=lambda: called.append(len(seen)))
seen = []
lock = threading.Lock()


def work():
    for _ in range(ROUNDS):
        with lock:
            seen.append("in")
        places.append(barrier.wait())
        barrier.wait()


places = []
threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(places) == sorted([0, 1, 2] * ROUNDS), called[::2], barrier.n_waiting, barrier.parties)

outcomes = []


def break_or_wait():
    try:
        alone.wait()
    except threading.BrokenBarrierError as error:
        outcomes.append(type(error).__name__)


alone = threading.Barrier(2)
thread = threading.Thread(target=break_or_wait)
thread.start()
while alone.n_waiting == 0:
    pass
alone.abort()
thread.join()
print(outcomes, alone.broken)
alone.reset()
print(alone.broken)
try:
    alone.wait(0.01)
except threading.BrokenBarrierError:
    print("nobody came")
print(isinstance(threading.BrokenBarrierError(), RuntimeError))


def fail():
    raise KeyError("action")


failing = threading.Barrier(1, fail)
try:
    failing.wait()
except KeyError as error:
    print(repr(error), failing.broken)
