"""while with break, continue, else, and conditions of all kinds."""


def search(n, limit):
    i = 2
    while i < limit:
        if n % i == 0:
            print(n, "has", i, end="; ")
            break
        i += 1
    else:
        print(n, "has none", end="; ")
    return i


for n in (15, 17, 49):
    search(n, 8)
print()
n = 10
while n:
    n -= 3
    if n < 0:
        break
print(n)
i = 0
while i < 3 and not i == 2 or i == -1:
    i += 1
print(i)
while False:
    print("never")
else:
    print("else of a loop that never ran")
while 1:
    i += 1
    if i <= 5:
        continue
    if i >= 8:
        break
print(i)


def endless():
    count = 0
    while True:
        count += 1
        if count == 100:
            return count


print(endless())
