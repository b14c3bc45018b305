"""from None hides what came before."""


def find(items, name):
    try:
        return items[name]
    except KeyError:
        raise LookupError(f"{name}?") from None


print(find({"x": 1}, "x"))
find({}, "y")
