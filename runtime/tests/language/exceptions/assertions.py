"""assert, with and without a message, which is evaluated only if needed."""


def message():
    print("message", end=" ")
    return "was wrong"


def attempt(value):
    try:
        assert value, message()
        print("holds")
    except AssertionError as error:
        print("failed:", error)


attempt(1)
attempt(0)
attempt([])
try:
    assert 1 == 2
except AssertionError as error:
    print(repr(error), error.args)
try:
    assert not True, ("a", 1)
except AssertionError as error:
    print(error.args)
assert 1 < 2 < 3, "never"
assert (lambda: True)()
print("end")
