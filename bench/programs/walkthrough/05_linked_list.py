"""Each node holds the next: dropping the first drops them all, one after the other."""


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

    def __del__(self):
        print("dropped", self.value)


head = Node(1, Node(2, Node(3)))
node = head
while node is not None:
    print("holds", node.value)
    node = node.next
print("now the head goes")
del head
print("done")
