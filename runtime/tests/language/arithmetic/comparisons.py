"""All comparisons, on equal and unequal types."""

values = [0, 1, -1, 1.0, True]
for a in values:
    print([(a < b, a <= b, a == b, a != b, a > b, a >= b) for b in values])
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "é" > "z", "a" == "a", "a" != "b")
print([1, 2] < [1, 3], [1] < [1, 0], [] < [0], [2] > [1, 9], [1, 2] == [1, 2], (1, 2) < (1, 3), (1,) <= (1,))
print([1] == (1,), 1 == "1", None == 0, None is None, [] is [], not [] == (), {} == {}, {1: 2} == {1: 2.0})
print({1, 2} == {2, 1}, {1} < {1, 2}, {1, 2} >= {2}, range(3) == range(0, 3), b"a" < b"b", b"a" == "a")


def compare(a, b):
    out = []
    if a < b:
        out.append("<")
    if a <= b:
        out.append("<=")
    if a == b:
        out.append("==")
    if a != b:
        out.append("!=")
    if a > b:
        out.append(">")
    if a >= b:
        out.append(">=")
    if not a < b:
        out.append("not <")
    if not a >= b:
        out.append("not >=")
    if a < 5:
        out.append("< 5")
    if a <= 5:
        out.append("<= 5")
    if a == 5:
        out.append("== 5")
    if a != 5:
        out.append("!= 5")
    if a > 5:
        out.append("> 5")
    if a >= 5:
        out.append(">= 5")
    if not a <= 5:
        out.append("not <= 5")
    return " ".join(out)


for a, b in [(1, 2), (5, 5), (9, 5), (5.0, 5), (float("nan"), 5), (2**70, 5), (-(2**70), 5.5)]:
    print(compare(a, b))
for bad in (lambda: 1 < "a", lambda: [] < (), lambda: None < 1, lambda: {} < {}, lambda: "a" >= 1):
    try:
        bad()
    except TypeError as error:
        print(error)
