"""Strings go through loops, comprehensions and unpacking."""

for c in "aé日😀":
    print(c, end=" ")
print()
a, b, *rest = "xyzw"
print(a, b, rest, list("héj"), tuple("ab"), sorted("hello"), {c: 1 for c in "aba"}, set("aab") == {"a", "b"}, list(enumerate("ab")), list(zip("ab", "cd")))
print(list(reversed("añb")), "".join(reversed("añb")), max("hello"), min("hello"), sum(c == "l" for c in "hello"), all("abc"), any(""))
i = iter("ab")
print(next(i), next(i), next(i, "end"))
