"""Threads with arguments, results through shared lists."""

import threading


def work(results, index, n):
    total = 0
    for i in range(n):
        total += i
    results[index] = total


results = [None] * 4
threads = [threading.Thread(target=work, args=(results, i, 100 * (i + 1))) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)


class Own(threading.Thread):
    def __init__(self, n):
        super().__init__()
        self.n = n

    def run(self):
        self.result = self.n * 2


own = Own(21)
own.start()
own.join()
print(own.result, own.is_alive())
