"""while with else, break and continue."""

n = 0
while n < 5:
    n += 1
    if n % 2:
        continue
    print(n)
else:
    print("else", n)
while n:
    n -= 1
    if n == 2:
        break
else:
    print("never")
print(n)
while False:
    print("never")
else:
    print("at once")
i = 0
while True:
    j = 0
    while True:
        j += 1
        if j > i:
            break
    i += 1
    if i == 4:
        break
print(i, j)


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


print([collatz(n) for n in (1, 6, 27, 97)])
