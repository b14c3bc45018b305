"""% on strings."""

print("%d %s %r" % (5, "a", "b"), "%5d|%-5d|%05d" % (42, 42, 42), "%.2f %8.3f" % (1.005, 2.5))
print("%x %o %c%c" % (255, 8, "z", 65), "100%%" % (), "%s" % "one", "%s %s" % (None, [1]))
print("%s" % (1,), "%s and %s" % ("x", ("y", "z")), "%(a)s-%(b)d" % {"a": 1, "b": 2})
for bad in (lambda: "%d" % "x", lambda: "%s %s" % (1,), lambda: "%s" % (1, 2)):
    try:
        print(bad())
    except TypeError as error:
        print(error)
