"""Dropping the head of a chain drops the rest; attributes go with their object."""


class Node:
    def __init__(self, name, next):
        self.name, self.next = name, next

    def __del__(self):
        order.append(self.name)


order = []
head = None
for i in range(5):
    head = Node(i, head)
head = None
print(order)
order.clear()
deep = None
for i in range(20000):
    deep = Node(i, deep)
del deep
print(len(order), order[:3], order[-3:])
order.clear()


class Saved:
    def __init__(self):
        self.child = Node("child", None)

    def __del__(self):
        order.append("saved")
        kept.append(self)


kept = []
Saved()
print(order, len(kept), kept[0].child.name)
kept.clear()
print(order)


class Raising:
    def __del__(self):
        order.append("tried")


r = Raising()
r = r.__class__()
print(order)
