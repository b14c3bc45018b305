"""Deleting a variable that inner functions share."""


def f():
    x = 1

    def read():
        return x

    def drop():
        nonlocal x
        del x

    def put(value):
        nonlocal x
        x = value

    print(read())
    drop()
    for attempt in (read, drop):
        try:
            attempt()
        except NameError as error:
            print(type(error).__name__)
    put(5)
    print(read(), x)


f()


def g(parameter):
    show = lambda: parameter
    del parameter
    try:
        show()
    except NameError:
        print("gone")
    parameter = "back"
    return show()


print(g("first"))
