"""A lock keeps every increment; a list collects from all threads."""

import threading

count = 0
lock = threading.Lock()
seen = []


def work(name, n):
    global count
    for i in range(n):
        with lock:
            count += 1
        if i % 100 == 0:
            seen.append((name, i))


threads = [threading.Thread(target=work, args=(name, 500)) for name in "abcd"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count, sorted(seen) == [(name, i) for name in "abcd" for i in range(0, 500, 100)], lock.locked())
print([thread.is_alive() for thread in threads], threading.current_thread() is threading.main_thread())
