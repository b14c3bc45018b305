"""for over all kinds of iterables, with targets of all kinds."""

for x in [1, 2]:
    print(x, end=" ")
for c in "héy":
    print(c, end=" ")
for k in {"a": 1, "b": 2}:
    print(k, end=" ")
for a, b in {"x": 1, "y": 2}.items():
    print(a, b, end=" ")
for i, (a, b) in enumerate([(1, 2), (3, 4)]):
    print(i, a, b, end=" ")
for first, *rest in [(1, 2, 3), "ab"]:
    print(first, rest, end=" ")
for x in (), {}, "":
    for y in x:
        print("never")
for x in range(3, -3, -2):
    print(x, end=" ")
print(x)


class Box:
    pass


box, items = Box(), [0]
for box.v in range(3):
    pass
for items[0] in "pq":
    pass
print(box.v, items)


def last(things):
    for thing in things:
        pass
    else:
        return thing, "else"


print(last([1, 2]))
for i in range(3):
    for j in range(3):
        if j == i:
            break
    else:
        print("never")
    print(i, j, end=" ")
print()
