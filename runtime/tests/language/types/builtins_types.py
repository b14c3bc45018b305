"""type, isinstance, callable, hasattr and so on, of builtin values."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


values = [1, 1.5, "a", b"a", None, True, [], (), {}, set(), range(1), len, int, ValueError, ValueError("x")]
for value in values:
    print(type(value).__name__, callable(value), isinstance(value, int), isinstance(value, (str, list)), hasattr(value, "append"), bool(value))
print(type(1) is int, type("") == str, type(type(1)), int, str, list, type(None), isinstance(True, int), isinstance(1, object), issubclass(bool, int), issubclass(int, (str, object)), issubclass(ValueError, Exception))
print(getattr([1], "count")(1), getattr(1, "missing", "default"), hasattr("a", "upper"), id(values) == id(values), int.__name__, [].append.__name__, len.__name__)
attempt(lambda: isinstance(1, 5))
attempt(lambda: issubclass(1, int))
attempt(lambda: getattr(1, "missing"))
attempt(lambda: getattr(1, 5))
attempt(lambda: len())
attempt(lambda: len(1))
attempt(lambda: len([], []))
attempt(lambda: int.missing)
attempt(lambda: repr())
attempt(lambda: hash({1}))
