"""Names of builtins may be bound like others, and come back when they are deleted."""

print(len([1, 2]))
len = lambda items: "mine"
print(len([1, 2]))
del len
print(len([1, 2]))


def f(list):
    return list


print(f(3))


def any(items):
    return "own any"


print(any(v for v in [1]))
del any
print(any(v for v in [0, 1]))


def local():
    max = min
    return max(1, 2)


print(local())
