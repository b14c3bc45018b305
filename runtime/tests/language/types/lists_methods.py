"""Methods of lists."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


a = [3, 1, 2]
a.append(4)
a.extend([5, 6])
a.extend("ab")
a.insert(0, "first")
a.insert(-1, "last but one")
a.insert(100, "end")
a.insert(-100, "begin")
print(a, len(a))
print(a.pop(), a.pop(0), a.pop(-2), a.pop(2), a)
a.remove("a")
a.remove(4)
print(a, a.index(5), a.count(5), a.count("x"), a.index(6, 2), a.copy() == a, a.copy() is a)
a.reverse()
print(a)
a.clear()
print(a, a == [])
attempt(lambda: [].pop())
attempt(lambda: [1].pop(5))
attempt(lambda: [1].pop(-2))
attempt(lambda: [1].remove(2))
attempt(lambda: [1].index("x"))
attempt(lambda: [1, 2].index(1, 1))
attempt(lambda: [].append())
attempt(lambda: [].extend(5))
attempt(lambda: [].insert("a", 1))
attempt(lambda: [].missing())
attempt(lambda: list(5))
attempt(lambda: list(1, 2))
