"""shared_dict: counting words, three ways to divide the table.

`shared`: one dict and one lock; `striped`: a dict and a lock for every 16th of the words;
`merged`: a dict of each thread's own, added up in the end. All count the same.
"""

import sys
import threading
import time

WORDS = 512
STRIPES = 16


def words(size):
    """Numbers of words, some frequent."""
    found = []
    state = 7
    for _ in range(size):
        state = (state * 1103515245 + 12345) % 2147483648
        found.append((state >> 8) % WORDS * ((state >> 20) % 4) % WORDS)
    return found


def add_all(table, text):
    for word in text:
        table[word] = table.get(word, 0) + 1


class Shared:
    def __init__(self):
        self.table = {}
        self.lock = threading.Lock()

    def count(self, text):
        for word in text:
            with self.lock:
                self.table[word] = self.table.get(word, 0) + 1

    def result(self):
        return self.table


class Striped:
    def __init__(self):
        self.tables = [{} for _ in range(STRIPES)]
        self.locks = [threading.Lock() for _ in range(STRIPES)]

    def count(self, text):
        for word in text:
            stripe = word % STRIPES
            table = self.tables[stripe]
            with self.locks[stripe]:
                table[word] = table.get(word, 0) + 1

    def result(self):
        whole = {}
        for table in self.tables:
            whole.update(table)
        return whole


class Merged:
    def __init__(self):
        self.table = {}
        self.lock = threading.Lock()

    def count(self, text):
        own = {}
        add_all(own, text)
        with self.lock:
            for word in own:
                self.table[word] = self.table.get(word, 0) + own[word]

    def result(self):
        return self.table


WAYS = {"shared": Shared, "striped": Striped, "merged": Merged}


def main(way, threads, size):
    if way not in WAYS:
        sys.exit(f"shared_dict.py: no way {way!r}: one of {', '.join(sorted(WAYS))}")
    counter = WAYS[way]()
    text = words(size)
    workers = [threading.Thread(target=counter.count, args=(text,)) for _ in range(threads)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    table = counter.result()
    total = sum(table.values())
    print("checksum", (total // threads, len(table), table[0] // threads))
    print("seconds", seconds)


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
