"""args, str and repr of exceptions; attributes may be added."""

for error in (ValueError(), ValueError("a"), ValueError("a", 1), ValueError(5), KeyError("a"), KeyError(1, 2), KeyError(), Exception(None), Exception([1]), TypeError("é")):
    print(repr(error), str(error), error.args, [error])
e = ValueError("x")
e.extra = [1]
e.args = (1, 2)
print(e.extra, e.args, str(e), e == e, ValueError("x") == ValueError("x"), isinstance(e, Exception), bool(e))
o = OSError(13, "denied")
print(o.errno, o.strerror, o, type(o).__name__, isinstance(o, PermissionError), isinstance(OSError(2, "n"), FileNotFoundError))
s = StopIteration(7)
print(s.value, StopIteration().value, SystemExit(3).code, SystemExit().code, type(ValueError).__name__, ValueError.__name__)
try:
    raise ValueError
except ValueError as error:
    print(repr(error), error.args)
for bad in (lambda: ValueError.missing, lambda: e.missing, lambda: ValueError() + 1, lambda: e(), lambda: e["k"], lambda: ValueError(a=1)):
    try:
        print(bad())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
print(str(OSError(1, 2)), OSError(None, [1]), OSError("a", "b"), OSError((1,), None))
