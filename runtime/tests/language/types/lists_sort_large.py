"""Long lists, many equal keys, runs and reversed runs."""


def numbers(count, modulus, seed):
    found = []
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) % 2147483648
        found.append(seed // 65536 % modulus)
    return found


def is_sorted(a):
    return all(a[i] <= a[i + 1] for i in range(len(a) - 1))


for count in (0, 1, 2, 31, 32, 33, 64, 100, 1000, 5000):
    a = numbers(count, 100, count + 1)
    b = sorted(a)
    c = sorted(range(count), key=lambda i: a[i])
    d = sorted(range(count), key=lambda i: a[i], reverse=True)
    print(count, is_sorted(b), sum(a) == sum(b), [a[i] for i in c] == b, sum(c[:50]), sum(d[:50]))
a = list(range(500)) + list(range(250, 0, -1)) + [7] * 100
print(is_sorted(sorted(a)), sorted(a)[:12], sorted(a, reverse=True)[:5])
print(sorted([str(n) for n in numbers(40, 1000, 9)]))
print(sorted([n / 7 for n in numbers(20, 50, 3)]))
