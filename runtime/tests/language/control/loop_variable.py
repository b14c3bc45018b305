"""The loop variable stays, and assigning to it changes nothing of the loop."""

for i in range(3):
    i = i * 10
    print(i, end=" ")
print(i)


def f():
    out = []
    for i in range(4):
        out.append(i)
        i += 100
    return out, i


print(f())
items = [1, 2, 3]
for item in items:
    if item < 3:
        items.append(item + 10)
    if len(items) > 8:
        break
print(items)
