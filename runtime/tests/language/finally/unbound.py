"""What is bound after try depends on how far it came."""


def f(n):
    try:
        a = 1
        if n == 0:
            raise ValueError
        b = 2
    except ValueError:
        b = "from handler"
    else:
        c = 3
    finally:
        d = 4
    try:
        return a, b, c, d
    except UnboundLocalError as error:
        return "unbound", "c" in str(error), d


print(f(0), f(1))


def g():
    try:
        x = undefined_name
    except NameError:
        pass
    try:
        return x
    except UnboundLocalError:
        return "no x"


print(g())


def h():
    y = 1
    try:
        del y
        raise KeyError
    except KeyError:
        pass
    try:
        return y
    except UnboundLocalError:
        return "no y"


print(h())
