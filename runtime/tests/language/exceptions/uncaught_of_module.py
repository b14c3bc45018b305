"""A module's own exception that nobody catches is reported with the module's name."""

import collections
import queue
import threading

for kind in (queue.Empty, queue.Full, threading.BrokenBarrierError, collections.deque, ValueError):
    print(kind.__name__, kind.__module__, kind)
print(repr(queue.Full(1)), type(collections.deque()).__name__)


def broken():
    threading.Barrier(2).wait(0)


def full():
    line = queue.Queue(1)
    line.put(1)
    line.put(2, False)


for target in (broken, full):
    thread = threading.Thread(target=target)
    thread.start()
    thread.join()
queue.Queue().get(False)
