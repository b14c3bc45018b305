"""else runs when nothing was raised, outside of the protection."""


def f(value):
    try:
        print("try", end=" ")
        if value:
            raise ValueError(value)
    except ValueError as error:
        print("except", error, end=" ")
        return "handled"
    else:
        print("else", end=" ")
    return "end"


print(f(0))
print(f(1))


def g():
    try:
        try:
            pass
        except KeyError:
            print("not here")
        else:
            raise KeyError("from else")
    except KeyError as error:
        print("outer", error)


g()
