"""Bound methods, functions of classes, and methods kept for later."""


class Stack:
    def __init__(self):
        self.items = []

    def push(self, v):
        self.items.append(v)
        return self

    def pop(self):
        return self.items.pop()


s, t = Stack(), Stack()
push = s.push
push(1)
push(2).push(3)
t.push("t")
print(s.items, t.items, Stack.pop(s), [m() for m in (s.pop, t.pop)], push.__name__, push.__self__ is s, Stack.push(t, 5).items)
print(s.push == s.push, s.push is s.push, s.push == t.push, callable(s.push), type(s.push).__name__, type(Stack.push).__name__, s.push.__func__ is Stack.push)
s.push = lambda v: "own " + v
print(s.push("x"), t.push("y") is t)
del s.push
print(s.push(7).items)
Stack.size = lambda self: len(self.items)
print(s.size(), t.size())
append = [].append
print(append(1), append.__self__, append.__name__, "abc".upper(), str.upper("def"), list.append(s.items, 0), s.items, list(map(str.strip, [" a ", "b "])))
for bad in (lambda: Stack.push(5), lambda: Stack.pop(), lambda: s.push(), lambda: str.upper(5), lambda: list.append((), 1), lambda: str.upper()):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
