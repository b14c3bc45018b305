"""Lists, trees and graphs of objects."""


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


def from_list(values):
    head = None
    for value in reversed(values):
        head = Node(value, head)
    return head


def to_list(node):
    out = []
    while node is not None:
        out.append(node.value)
        node = node.next
    return out


def reverse(node):
    previous = None
    while node:
        node.next, previous, node = previous, node, node.next
    return previous


print(to_list(reverse(from_list([1, 2, 3, 4]))))


class Tree:
    def __init__(self, value):
        self.value, self.left, self.right = value, None, None

    def insert(self, value):
        side = "left" if value < self.value else "right"
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Tree(value))
        else:
            child.insert(value)

    def walk(self, visit):
        if self.left:
            self.left.walk(visit)
        visit(self.value)
        if self.right:
            self.right.walk(visit)

    def depth(self):
        return 1 + max(t.depth() if t else 0 for t in (self.left, self.right))


tree = Tree(50)
for v in (30, 70, 20, 40, 60, 80, 10):
    tree.insert(v)
seen = []
tree.walk(seen.append)
print(seen, tree.depth())
