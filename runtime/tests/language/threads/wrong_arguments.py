"""Threads whose arguments cannot be unpacked, or do not fit: the thread finds out, not its maker."""

import threading


def target(a, b=2):
    print("called", a, b)


class Tried(threading.Thread):
    def run(self):
        try:
            super().run()
        except TypeError as error:
            print(error)


def attempt(given, named=None):
    thread = Tried(target=target, args=given, kwargs=named)
    thread.start()
    thread.join()


for arguments in (5, None, [1], "x", (), (1, 2, 3), {3: 4}, range(2)):
    attempt(arguments)
for keywords in ([1], 5, (), {"b": 3}, {"a": 3}, {7: 1}, {"b": 1, 7: 1}, {"c": 1}):
    attempt((1,), keywords)
try:
    threading.Thread(5, target)
except AssertionError as error:
    print(error)
print(threading.Thread(target=target, name="").name, threading.Thread(target=target, name=5).name)


# A dict that changes while a thread is started with it: what it has at that moment counts.
def anything(a=0, b=0, c=0):
    seen.append(a + b + c)


def change():
    while not ended:
        keywords["b"] = 1
        keywords["c"] = 1
        keywords.clear()


seen = []
ended = []
keywords = {}
changer = threading.Thread(target=change)
changer.start()
for _ in range(200):
    started = threading.Thread(target=anything, kwargs=keywords)
    started.start()
    started.join()
ended.append(True)
changer.join()
print(len(seen), set(seen) <= {0, 1, 2})
