"""A list drops its items from the last on."""


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def some():
    return [Loud(i) for i in range(5)]


a = some()
a.clear()
print("cleared")
a = some()
a = None
print("dropped")
a = some()
del a[1:3]
print("deleted")
a[:2] = [1]
print("assigned")
del a
