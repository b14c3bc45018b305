"""binary_trees: making and dropping objects. Each thread builds trees of depth up to `size`.

One tree lives throughout, many short-lived ones are built, counted and dropped beside it.
"""

import sys
import threading
import time

LEAST_DEPTH = 4


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right


def tree(depth):
    if depth == 0:
        return Node(None, None)
    return Node(tree(depth - 1), tree(depth - 1))


def nodes(node):
    if node.left is None:
        return 1
    return 1 + nodes(node.left) + nodes(node.right)


def work(size):
    lasting = tree(size)
    total = 0
    for depth in range(LEAST_DEPTH, size + 1, 4):
        for _ in range(1 << (size - depth)):
            total += nodes(tree(depth))
    return total + nodes(lasting)


def main(threads, size):
    results = [None] * threads

    def run(index):
        results[index] = work(size)

    workers = [threading.Thread(target=run, args=(i,)) for i in range(threads)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    print("checksum", results[0] if results == [results[0]] * threads else results)
    print("seconds", seconds)


main(int(sys.argv[1]), int(sys.argv[2]))
