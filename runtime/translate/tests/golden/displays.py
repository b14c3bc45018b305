def show(a, b):
    a, b = b, a
    first, *rest = [a, b, 1.5, -2, "é", b"\x00", None]
    x = y = {a: (1, (2.0, "t")), b: {True, 3}}
    print(f"{first!r:>{b}} {rest}", x[a][1:], y, sep=", ")
    return 0 <= a < b < 10 or not rest
