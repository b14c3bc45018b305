"""Queues between threads: order, limits, empty and full, task_done."""

import queue
import threading

q = queue.Queue()


def produce(n):
    for i in range(n):
        q.put(i)
    q.put(None)


t = threading.Thread(target=produce, args=(5,))
t.start()
got = []
while True:
    item = q.get()
    if item is None:
        break
    got.append(item)
t.join()
print(got, q.empty(), q.qsize())
small = queue.Queue(maxsize=2)
small.put("a")
small.put("b")
print(small.full(), small.qsize())
try:
    small.put("c", block=False)
except queue.Full as error:
    print("full", type(error).__name__)
print(small.get(), small.get_nowait())
for bad in (lambda: small.get(block=False), lambda: small.get(timeout=0.001), lambda: small.get_nowait()):
    try:
        bad()
    except queue.Empty:
        print("empty")
