"""Threads that wait for each other."""

import queue
import threading

channel = queue.Queue(3)
out = []
ready = threading.Event()


def produce():
    ready.wait()
    for i in range(10):
        channel.put(i)
    channel.put(None)


def consume():
    while True:
        item = channel.get()
        if item is None:
            break
        out.append(item * item)


threads = [threading.Thread(target=produce), threading.Thread(target=consume)]
for thread in threads:
    thread.start()
ready.set()
for thread in threads:
    thread.join()
print(out, channel.empty())
try:
    channel.get(False)
except queue.Empty:
    print("empty")
