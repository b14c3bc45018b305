"""Functions that call themselves and each other."""


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def hanoi(n, a, b, c, moves):
    if n:
        hanoi(n - 1, a, c, b, moves)
        moves.append((a, c))
        hanoi(n - 1, b, a, c, moves)
    return moves


print(factorial(20), factorial(30))
print(even(20), odd(21), even(7))
print(ackermann(2, 3))
print(len(hanoi(5, "a", "b", "c", [])), hanoi(2, "a", "b", "c", []))


def local(n):
    def inner(k):
        return 0 if k == 0 else k + inner(k - 1)

    return inner(n)


print(local(10))
