"""Managers that count, nest, swallow, and are left by every way."""


class Manager:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        log.append("enter " + self.name)
        return self.name

    def __exit__(self, kind, value, trace):
        log.append(f"exit {self.name} {kind.__name__ if kind else None} {value}")
        return self.swallow


log = []


def leave(how):
    for i in range(3):
        with Manager(f"m{i}", swallow=how == "raise") as name:
            if how == "return":
                return name
            if how == "break":
                break
            if how == "continue":
                continue
            if how == "raise":
                raise ValueError(name)
        log.append("after")
    return "end"


for how in ("return", "break", "continue", "raise", "through"):
    print(how, leave(how), log)
    log.clear()
with Manager("a") as a, Manager("b") as b:
    log.append(a + b)
print(log)
log.clear()
try:
    with Manager("outer"), Manager("inner"):
        1 / 0
except ZeroDivisionError as error:
    print(error, log)
log.clear()
with Manager("first", swallow=True):
    with Manager("second"):
        raise KeyError("k")
print(log)
