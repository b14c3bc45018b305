"""Defaults are evaluated once and shared."""


def append(item, items=[]):
    items.append(item)
    return items


print(append(1), append(2), append(3, []), append(4))
n = 5


def fixed(value=n):
    return value


n = 6
print(fixed(), fixed(n))


def chain(a=(b := 1), c=b + 1):
    return a, c


print(chain())
