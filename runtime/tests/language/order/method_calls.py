"""Objects, arguments and keywords are evaluated from left to right."""

log = []


def note(name, value=None):
    log.append(name)
    return value


class Thing:
    def f(self, a=None, b=None, c=None):
        log.append("called")
        return self


t = Thing()
note("object", t).f(note("a"), note("b"), c=note("c")).f(note("again"))
print(log)
log.clear()
note("x", [1, 2])[note("i", 0)], {note("k"): note("v")}, (note("t1"), note("t2"))
print(log)
log.clear()
note("f", lambda a, b: 0)(note(1), b=note(2))
print(log)
log.clear()
print(note("left", 1) + note("right", 2) * note("third", 3), log)
log.clear()
x = [note("zero"), [note("one"), note("two")]][note("index", 1)]
note("target", {})[note("key")] = note("value")
print(log)
log.clear()
try:
    note("before") + note("fails", None) + note("never")
except TypeError:
    print(log)
print(f"{note('f1', 1)}{note('f2', 2):>{note('f3', 3)}}", log[-3:])
