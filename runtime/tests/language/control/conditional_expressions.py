"""and, or, not and if-else as values; what is not evaluated."""

log = []


def note(v):
    log.append(v)
    return v


print(note(0) or note("a") or note("b"), note(1) and note([]) and note(2), log)
log.clear()
print(note(1) if note(0) else note(2), not note(""), not note("x"), log)
print(None or 0 or [], 1 and 2 and 3, 0 and 1 or 2, 1 or 1 / 0, 0 and 1 / 0, (1 or 0) and 5, not 1 == 2, not (1 and 0))
x = 7
print("neg" if x < 0 else "zero" if x == 0 else "small" if x < 10 else "big", [1, 2][x > 5], x and "truthy", (x > 5) + (x > 6))
value = None
print(value or "default", value is None or value.attr, value is not None and value.attr, [] or {} or () or "last")
if not (x < 5 or x > 10) and x != 6:
    print("yes")
if x == 1 or x == 7 and not False:
    print("also")
