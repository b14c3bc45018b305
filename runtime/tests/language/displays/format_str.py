"""Format specs of text and of other values."""

s, e = "spam", "é"
print(f"{s:é>6}|{e:é<3}|")
print(f"{s:10}|{s:<10}|{s:>10}|{s:^10}|{s:^11}|{s:*^10}|{s:.2}|{s:10.2}|{s:>6.3}|{s:s}|{s:8s}|{s:2}|{s:.0}|")
print(f"{e:>3}|{e:.1}|{e:-<4}|{'':5}|{'':*^5}|{e * 3:.2}|{s!r:>8}|{s!s:8}|{e!a:>8}|")
print(f"{None}|{None!s:>6}|{[1, 2]!s:>8}|{(1,)!r:<6}|{True:>6}|{True:d}|{None!r}|")
print(format("a", ">3"), format(5), format("x"), format(2.5, ".2f"), format(True), format(None), format([1]))
for bad in (lambda: format("a", "d"), lambda: format([1], "5"), lambda: format(None, ">3"), lambda: format("a", "=5"),
            lambda: format("a", "+"), lambda: format("a", ",")):
    try:
        print(bad())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
