"""A program ends when only daemons are left, and waits for all others."""

import threading
import time


def forever():
    threading.Event().wait()


def late(inherited):
    time.sleep(0.05)
    print("the last line is a thread's", inherited, threading.current_thread().daemon)


def start_late():
    thread = threading.Thread(target=late, args=(True,))
    print(thread.daemon)
    thread.start()
    thread.join()


daemon = threading.Thread(target=forever, daemon=True, name="forever")
daemon.start()
print(daemon.daemon, daemon.name, daemon.is_alive(), threading.active_count())
parent = threading.Thread(target=start_late, daemon=True)
parent.start()
parent.join()
threading.Thread(target=late, args=(False,)).start()
print("the main thread has ended")
