"""Arguments, keyword arguments, names, subclasses of Thread."""

import threading


def work(a, b=2, c=3):
    results.append((a, b, c))


results = []
t = threading.Thread(target=work, args=(1,), kwargs={"c": 9}, name="worker")
print(t.name, t.is_alive(), t.daemon)
t.start()
t.join()
print(results, t.is_alive(), t.name)


class Summer(threading.Thread):
    def __init__(self, n):
        super().__init__()
        self.n = n
        self.total = None

    def run(self):
        self.total = sum(range(self.n))


summers = [Summer(n) for n in (10, 100, 1000)]
for s in summers:
    s.start()
for s in summers:
    s.join()
print([s.total for s in summers])
for bad in (lambda: t.start(), lambda: threading.Thread(target=work).join(), lambda: threading.current_thread().join()):
    try:
        bad()
    except RuntimeError as error:
        print(error)
