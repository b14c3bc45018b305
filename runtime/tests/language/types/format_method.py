"""str.format with fields of all kinds."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


p = Point(1, [2, 3])
print("{} {} {}".format(1, "a", 2.5), "{0} {1} {0}".format("a", "b"), "{a} {b}".format(a=1, b=2), "{0} {a}".format(1, a=2))
print("{:5}|{:<5}|{:>5}|{:^5}|{:05d}|{:.2f}".format(1, 2, 3, 4, 5, 6.789), "{!r} {!s} {!a}".format("a", "b", "é"))
print("{0.x} {0.y} {0.y[1]} {1[key]} {2[0]}".format(p, {"key": "value"}, "xyz"), "{{}} {{{}}}".format(5))
print("{:{}}|{:>{width}}|{:{fill}^{width}}".format("a", 5, "b", "c", width=4, fill="*"), "{!r:>6}".format("a"), "".format())
print("{:,} {:x} {:%} {:e}".format(1234567, 255, 0.25, 12345.678), "é{}ü".format("ö"), "{:>4}".format("é"))
