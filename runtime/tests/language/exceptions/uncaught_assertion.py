"""assert without and with a message."""

for check in (True, 1, [0]):
    assert check, "never"
try:
    assert 0
except AssertionError as error:
    print(repr(error), error.args)
value = 3
assert value > 5, f"value is {value}"
