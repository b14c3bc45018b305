"""A local that has no value yet, or no more, is an error that names it."""


def early():
    try:
        print(x)
    except UnboundLocalError as error:
        print(type(error).__name__, "x" in str(error))
    x = 1
    return x


def maybe(flag):
    if flag:
        y = 1
    return y


def deleted():
    z = 1
    del z
    return z


def loop(items):
    for item in items:
        pass
    return item


print(early(), maybe(True), loop([1, 2]))
for attempt in (lambda: maybe(False), deleted, lambda: loop([])):
    try:
        attempt()
    except UnboundLocalError as error:
        print("unbound", isinstance(error, NameError))
