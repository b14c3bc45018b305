"""Functions as arguments and results, mutual recursion, deep nesting of calls."""


def apply(f, x):
    return f(x)


def twice(f):
    def g(x):
        return f(f(x))

    return g


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


print(apply(twice(twice(lambda x: x + 3)), 0), is_even(100), is_odd(77), apply(len, "abc"))
print(max(min(5, 3), min(4, max(1, 2))), str(len(str(10 ** len("abcd")))), twice(twice)(lambda x: x * 2)(1))


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def hanoi(n, a, b, c):
    return [] if n == 0 else hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c)


print(ackermann(2, 3), len(hanoi(6, "a", "b", "c")), hanoi(2, 1, 2, 3))
