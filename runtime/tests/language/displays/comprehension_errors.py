"""Errors inside leave nothing behind."""


def f(items):
    x = "mine"
    try:
        return [10 // x for x in items]
    except ZeroDivisionError:
        return x


print(f([1, 2]), f([1, 0]))


def g():
    out = []
    for i in range(3):
        try:
            out.append([[1 // (j - i) for j in range(k)] for k in range(4)])
        except ZeroDivisionError as error:
            out.append(str(error)[:8])
        except NameError:
            out.append("unbound")
    return out


print(g())


def h():
    try:
        return [b for a in [1] if b for b in [2]]
    except UnboundLocalError as error:
        return "unbound"


print(h())
