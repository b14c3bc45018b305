"""Threads make cyclic garbage: each finalizer runs once, and what one brings back lives on."""

import gc
import threading
import weakref

SIZE = 400
lock = threading.Lock()
finalized = {}
sheltered = []
calls = []


class Node:
    def __init__(self, key):
        self.key = key
        self.me = self

    def __del__(self):
        with lock:
            finalized[self.key] = finalized.get(self.key, 0) + 1
            if self.key[1] % 5 == 0:
                sheltered.append(self)


class Pair:
    def __init__(self, key, last):
        self.node = Node(key)
        self.node.pair = self
        self.last = last


def make(worker):
    kept = []
    for i in range(SIZE):
        pair = Pair((worker, i), shared[0] if i % 40 == 0 else None)
        if i % 20 == 0:
            shared[0] = pair.node.key  # from one thread to another, and dead at once
        if i % 4 == 0:
            kept.append(weakref.ref(pair.node, calls.append))
    with lock:
        references.extend(kept)


for threshold in (30, 700):
    gc.set_threshold(threshold)
    finalized.clear()
    sheltered.clear()
    calls.clear()
    references = []
    shared = [None]
    threads = [threading.Thread(target=make, args=(worker,)) for worker in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gc.collect()
    print(len(finalized), set(finalized.values()))
    print(len(sheltered), all(node.pair.node is node for node in sheltered))
    print(len(references), len(calls), all(reference() is None for reference in references))
    sheltered.clear()
    gc.collect()
    print(sum(finalized.values()), gc.collect(), gc.garbage)
