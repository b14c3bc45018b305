"""The operator % with its letters, flags and errors."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


print("%d %i %s %r %f %e %g %x %X %o %c %c %%" % (1, 2, "a", "b", 1.5, 12345.678, 1e-10, 255, 255, 8, 65, "B"))
print("%5d|%-5d|%05d|%+d|% d|%5.2f|%-8.3f|%08.2f|%+.1e|%.3s|%5s|%-5s|" % (1, 2, 3, 4, 5, 6.5, 7.5, -8.5, 9.5, "abcdef", "a", "b"))
print("%#x %#o %#X %.5d %8.3d|%-8.3d|%x" % (255, 8, 255, 42, 5, 5, -255), "%s %s" % ("a", [1, 2]), "%s" % ((1, 2),))
print("%(a)s %(b)05d %(a)r" % {"a": "x", "b": 7}, "%*d|%-*d|%.*f" % (5, 1, 5, 2, 2, 3.14159), "%s" % None, "%a" % "é")
print("%d" % 3.99, "%d" % -3.99, "%i" % True, "%x" % (2**70), "%d%%" % 50, "é%sü" % "ö", "%5s|" % "é")
attempt(lambda: "%d" % "a")
attempt(lambda: "%x" % 1.5)
attempt(lambda: "%f" % "a")
attempt(lambda: "%c" % "ab")
attempt(lambda: "%c" % 1.5)
attempt(lambda: "%s %s" % 1)
attempt(lambda: "%s" % (1, 2))
attempt(lambda: "abc" % 1)
attempt(lambda: "abc" % (1,))
attempt(lambda: "%z" % 1)
attempt(lambda: "%" % 1)
attempt(lambda: "%(a)s" % 5)
attempt(lambda: "%(a)s" % {})
attempt(lambda: "%d %d" % (1,))
