"""A closure's variable without a value is an error that names it."""


def f():
    def g():
        return later

    try:
        g()
    except NameError as error:
        print(type(error).__name__, "later" in str(error))
    later = 5
    print(g())
    del later
    try:
        g()
    except NameError as error:
        print(type(error).__name__)
    try:
        print(later)
    except UnboundLocalError:
        print("unbound")


f()
