"""Containers of one's own: a stack, a ring, a trie, a heap, a cache, a matrix, a sparse vector."""


class Heap:
    def __init__(self, items=()):
        self.items = []
        for item in items:
            self.push(item)

    def push(self, item):
        items, i = self.items, len(self.items)
        items.append(item)
        while i > 0 and items[i] < items[(i - 1) // 2]:
            items[i], items[(i - 1) // 2] = items[(i - 1) // 2], items[i]
            i = (i - 1) // 2

    def pop(self):
        items = self.items
        first, last = items[0], items.pop()
        if items:
            items[0], i = last, 0
            while 2 * i + 1 < len(items):
                child = 2 * i + 1
                if child + 1 < len(items) and items[child + 1] < items[child]:
                    child += 1
                if not items[child] < items[i]:
                    break
                items[i], items[child] = items[child], items[i]
                i = child
        return first

    def __len__(self):
        return len(self.items)


class Trie:
    def __init__(self):
        self.children, self.ends = {}, False

    def add(self, word):
        node = self
        for c in word:
            node = node.children.setdefault(c, Trie())
        node.ends = True

    def words(self, prefix=""):
        found = [prefix] if self.ends else []
        for c in sorted(self.children):
            found.extend(self.children[c].words(prefix + c))
        return found

    def __contains__(self, word):
        node = self
        for c in word:
            if c not in node.children:
                return False
            node = node.children[c]
        return node.ends


class Cache:
    def __init__(self, size):
        self.size, self.kept, self.hits = size, {}, 0

    def get(self, key, make):
        if key in self.kept:
            self.hits += 1
            self.kept[key] = self.kept.pop(key)
        else:
            self.kept[key] = make(key)
            if len(self.kept) > self.size:
                del self.kept[next(iter(self.kept))]
        return self.kept[key]


class Ring:
    def __init__(self, size):
        self.items, self.start = [None] * size, 0

    def __getitem__(self, i):
        if not -len(self.items) <= i < len(self.items):
            raise IndexError(f"{i} is not in the ring")
        return self.items[(self.start + i) % len(self.items)]

    def __setitem__(self, i, value):
        self.items[(self.start + i) % len(self.items)] = value

    def __len__(self):
        return len(self.items)

    def turn(self, by=1):
        self.start = (self.start + by) % len(self.items)
        return self


class Sparse:
    def __init__(self, values):
        self.values = {i: v for i, v in values.items() if v}

    def __add__(self, other):
        keys = self.values.keys() | other.values.keys()
        return Sparse({k: self.values.get(k, 0) + other.values.get(k, 0) for k in keys})

    def dot(self, other):
        return sum(v * other.values[k] for k, v in self.values.items() if k in other.values)

    def __repr__(self):
        return "<" + " ".join(f"{k}:{v}" for k, v in sorted(self.values.items())) + ">"


heap = Heap([5, 3, 9, 1, 7, 3, 8])
print([heap.pop() for _ in range(len(heap))], len(heap))
events = Heap([(3, "c"), (1, "a"), (2, "b"), (1, "A")])
while len(events):
    print(events.pop(), end="; ")
print()
trie = Trie()
for word in "car cart care dog do dot ca".split():
    trie.add(word)
print(trie.words(), "cart" in trie, "carts" in trie, "" in trie, trie.children["d"].words("d"))
cache = Cache(3)
print([cache.get(n, lambda k: k * k) for n in (1, 2, 3, 1, 4, 2, 1, 1)], cache.hits, cache.kept)
ring = Ring(4)
for i in range(4):
    ring[i] = i * i
print(list(ring), list(ring.turn()), list(ring.turn(-2)), ring[-1], len(ring), 9 in ring)
try:
    ring[4]
except IndexError as error:
    print(error)
a, b = Sparse({1: 2, 5: 3, 7: 0}), Sparse({1: -2, 5: 4, 9: 1})
print(a, b, a + b, a.dot(b))
