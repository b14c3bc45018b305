"""An operand that was read keeps its value though the name is bound anew later on."""


def f(x):
    return x + (x := 10) + x


print(f(1))


def g():
    a = [1]
    b = [a, (a := 2), a]
    return b


print(g())


def h(n):
    if (half := n // 2) > 2 and (rest := n - half):
        return half, rest
    return half


print(h(10), h(3))
print([y := 1, y + 1, y])
print((z := 3) + z, z)
