"""StopIteration by hand, and next with a default."""

it = iter([1, 2])
print(next(it), next(it), next(it, "none"))
try:
    next(it)
except StopIteration as error:
    print(repr(error), error.value)
pairs = iter({"a": 1}.items())
for key, value in pairs:
    print(key, value)
print(next(pairs, None))
it = iter(range(5))
print(next(it), list(it), list(it))
it = iter("abc")
for c in it:
    print(c, next(it, "-"))
z = zip([1, 2, 3], "ab")
print(next(z), list(z), list(z))
e = enumerate("xy", 5)
print(next(e), next(e), next(e, "over"))
r = reversed([1, 2])
print(next(r), list(r))
m = map(lambda v: 10 // v, [1, 0, 2])
print(next(m))
try:
    next(m)
except ZeroDivisionError as error:
    print(error)
print(next(m), list(m))
f = filter(None, [0, 1, "", "a"])
print(list(f))
