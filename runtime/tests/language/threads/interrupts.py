"""Ctrl-C ends every kind of wait in the main thread, and nothing else."""

import os
import queue
import socket
import threading
import time


def interrupt():
    time.sleep(0.03)
    os.kill(os.getpid(), 2)


def wait_for_condition():
    condition = threading.Condition()
    with condition:
        condition.wait()


def spin():
    while True:
        pass


MUCH = b"x" * 20000000  # of which a part is taken at once
held = threading.Lock()
held.acquire()
released = threading.Event()
blocked = threading.Thread(target=released.wait)
blocked.start()
source, target = os.pipe()
near, far = socket.socketpair()
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
waits = [
    ("sleep", lambda: time.sleep(20)),
    ("lock", held.acquire),
    ("lock with a timeout", lambda: held.acquire(timeout=20)),
    ("event", threading.Event().wait),
    ("condition", wait_for_condition),
    ("semaphore", threading.Semaphore(0).acquire),
    ("join", blocked.join),
    ("get", queue.Queue().get),
    ("read", lambda: os.read(source, 1)),
    ("recv", lambda: near.recv(1)),
    ("accept", listener.accept),
    ("sendall", lambda: near.sendall(MUCH)),
    ("write", lambda: os.write(target, MUCH)),
    ("loop", spin),
]
for name, wait in waits:
    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        wait()
        print(name, "came back")
    except KeyboardInterrupt:
        print(name, "was interrupted")
    thread.join()
print(held.locked())
released.set()
blocked.join()
for end in (near, far, listener):
    end.close()
os.close(source)
os.close(target)
