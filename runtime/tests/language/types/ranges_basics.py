"""Ranges as sequences."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for r in (range(5), range(2, 8), range(0, 10, 3), range(10, 0, -3), range(0), range(5, 2), range(-3, 3)):
    print(r, list(r), len(r), 3 in r, 3.0 in r, "a" in r, r[0] if len(r) else None, r[-1] if len(r) else None, list(reversed(r)), sum(r), bool(r), list(r[1:]), list(r[::-1]))
print(range(3) == range(0, 3, 1), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), range(3)[1:], range(10)[::3], range(10)[-1], hash(range(3)) == hash(range(0, 3)), max(range(5)), min(range(3, 9)), tuple(range(3)), range(3).__class__.__name__)
attempt(lambda: range(1, 2, 0))
attempt(lambda: range(1.5))
attempt(lambda: range("a"))
attempt(lambda: range())
attempt(lambda: range(1, 2, 3, 4))
attempt(lambda: range(3)[3])
attempt(lambda: range(3)["a"])
attempt(lambda: range(3) + range(2))
