"""Percent formatting: flags, widths, kinds, mistakes."""

print("%d %i %5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5, 6, 7))
print("%s %r %5s|%-5s|%.2s|%8.3s|" % ("a", "b", "c", "d", "efg", "hijkl"))
print("%f %.2f %8.3f|%-8.1f|%08.2f|%+.1f|%e|%.1e|%g|%G" % (1.5, 2.345, 3.14159, 4.0, -5.5, 6.0, 12345.678, 0.00012, 1e10, 1e-10))
print("%x %X %o %#x %#o %c%c %%" % (255, 255, 8, 255, 8, "z", 65))
print("%s" % 5, "%s" % None, "%s" % [1, 2], "%s" % (1,), "%r" % "q", "%d" % 2.9, "%s and %s" % ("x", (1, 2)))
print("%(a)s %(b)05d %(a)r" % {"a": "k", "b": 42}, "%*d|%-*s|%.*f" % (5, 1, 4, "a", 2, 3.14159), "%d" % True, "%d" % 10**20)
for bad in (lambda: "%d" % "a", lambda: "%d %d" % 1, lambda: "%d" % (1, 2), lambda: "%z" % 1, lambda: "%" % (),
            lambda: "%x" % 1.5, lambda: "%c" % "ab", lambda: "%(a)s" % 5, lambda: "%(b)s" % {"a": 1}, lambda: "a" % 5):
    try:
        print(bad())
    except (TypeError, ValueError, KeyError) as error:
        print(type(error).__name__, error)
print(repr("x\0y" % ()), repr("\0%d\0" % 5), repr("x\0{}\0".format(1)), repr("{0}\0{a}".format(1, a=2)))
