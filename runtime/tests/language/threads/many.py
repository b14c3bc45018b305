"""Threads that start threads, threads that nobody joins, and what is known of all of them."""

import threading

done = []
lock = threading.Lock()


def leaf(name):
    with lock:
        done.append((name, threading.current_thread().name == name))


def branch(number):
    for i in range(5):
        name = f"{number}.{i}"
        threading.Thread(target=leaf, args=(name,), name=name).start()


threads = [threading.Thread(target=branch, args=(i,)) for i in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
    thread.join()
while threading.active_count() > 1:
    pass
print(sorted(done) == [(f"{i}.{j}", True) for i in range(5) for j in range(5)])
print(threading.enumerate() == [threading.main_thread()], threading.current_thread() is threading.main_thread())
print(threading.main_thread().name, threading.main_thread().ident == threading.get_ident(), threading.main_thread().is_alive())
idents = []
threads = [threading.Thread(target=lambda: idents.append(threading.get_ident())) for _ in range(3)]
for thread in threads:
    thread.start()
    thread.join()
print([thread.ident for thread in threads] == idents, threading.get_ident() in idents)
for bad in (lambda: threads[0].start(), lambda: threading.Thread().join(), lambda: threading.current_thread().join()):
    try:
        bad()
    except RuntimeError as error:
        print(error)


class Forgetful(threading.Thread):
    def __init__(self):
        pass


try:
    Forgetful().start()
except RuntimeError as error:
    print(error)
