"""for with else, break, changes to what is iterated."""

for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0:
            print(n, "=", d, "*", n // d)
            break
    else:
        print(n, "is prime")
items = [1, 2, 3, 4]
for item in items:
    if item == 2:
        items.remove(item)
    if len(items) < 6:
        items.append(item * 10)
print(items)
for i in range(3):
    print(i, end=" ")
    i = 100
print(i)
for i in []:
    pass
else:
    print("else", i)
for a, (b, c) in [(1, (2, 3)), (4, "xy")]:
    print(a, b, c)
table = {}
for table["k"] in range(2):
    pass
print(i, table)
