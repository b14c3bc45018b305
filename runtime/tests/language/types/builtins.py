"""The functions that are always there."""

print(abs(-2), min(3, 1), max([1, 5]), sum([1, 2], 10), len("abc"), round(1.25, 1), divmod(9, 4), pow(2, 5))
print(list(map(lambda x: x * 2, [1, 2])), list(zip("ab", [1, 2], (3, 4))))
print(list(enumerate(["a", "b"])), list(reversed([1, 2, 3])), sorted([3, 1], reverse=True), sorted("ba"))
print(isinstance(1, int), isinstance("a", (int, str)), issubclass(bool, int), callable(len), callable(1))
print(str(1.0), repr("a'b"), int("7"), float("2"), bool(0), list("ab"), dict(a=1), tuple([1]), chr(65), ord("A"))
print(hasattr("a", "upper"), getattr("a", "nope", "default"), type(1).__name__, type("") is str, type(type(1)) is type)
print(min("b", "a"), max([1, 2], key=lambda v: -v), hash("a") == hash("a"))
print(any([]), all([]), id(None) == id(None), next(iter([7])), hex(10), bin(3), print("nested"))
print(1, 2, sep="-", end="!\n")
print("a", "b", sep="")
print()
for bad in (lambda: len(5), lambda: int("z"), lambda: min([]), lambda: sum(["a"]), lambda: ord("ab"), lambda: abs("x")):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
