"""Closures made in loops see the variable, not the value it had."""

fs = []
for i in range(3):
    fs.append(lambda: i)
print([f() for f in fs])
i = 10
print([f() for f in fs])


def make():
    out = []
    for j in range(3):
        def get():
            return j

        def fixed(j=j):
            return j

        out.append((get, fixed))
    return out


print([(g(), f()) for g, f in make()])


def later():
    def read():
        return value

    value = 1
    first = read()
    value = 2
    return first, read()


print(later())


def each(names):
    return [lambda: name for name in names]


print([f() for f in each("abc")])
while i < 12:
    fs.append(lambda k=i: (k, i))
    i += 1
print(fs[-1](), fs[-2]())
