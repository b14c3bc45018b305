"""A doubly linked list with its operations."""


class Node:
    __slots__ = ("value", "next", "previous")

    def __init__(self, value):
        self.value = value
        self.next = self.previous = None


class Linked:
    def __init__(self, values=()):
        self.first = self.last = None
        self.count = 0
        for v in values:
            self.append(v)

    def append(self, value):
        node = Node(value)
        if self.last is None:
            self.first = node
        else:
            self.last.next, node.previous = node, self.last
        self.last = node
        self.count += 1

    def remove(self, value):
        node = self.first
        while node is not None:
            if node.value == value:
                if node.previous:
                    node.previous.next = node.next
                else:
                    self.first = node.next
                if node.next:
                    node.next.previous = node.previous
                else:
                    self.last = node.previous
                self.count -= 1
                return
            node = node.next
        raise ValueError(f"{value!r} is not in the list")

    def reverse(self):
        node = self.first
        self.first, self.last = self.last, self.first
        while node:
            node.next, node.previous = node.previous, node.next
            node = node.previous

    def values(self):
        out, node = [], self.first
        while node:
            out.append(node.value)
            node = node.next
        return out

    def __len__(self):
        return self.count

    def __repr__(self):
        return " <-> ".join([repr(v) for v in self.values()])


items = Linked([3, 1, 4, 1, 5])
print(items, len(items))
items.remove(1)
items.remove(5)
items.reverse()
items.append("end")
print(items, len(items), items.first.value, items.last.previous.value)
try:
    items.remove(99)
except ValueError as error:
    print(error)
while items.count:
    items.remove(items.first.value)
print(repr(items), items.first, items.last)
