"""Threads look names up on classes, through one place in the code, while another changes them."""

import threading

ROUNDS = 400


class Base:
    value = 0

    def inherited(self):
        return "base"


class Left(Base):
    def which(self):
        return "left"


class Right(Base):
    def which(self):
        return "right"


class Further(Right):
    pass


wrong = []
done = threading.Event()


def look():
    objects = [Base(), Left(), Right(), Further()]
    expected = [None, "left", "right", "right"]
    last = 0
    while not done.is_set():
        for each, name in zip(objects, expected):
            if name is not None and each.which() != name:
                wrong.append(name)
            if each.inherited() not in ("base", "changed", "own"):
                wrong.append("inherited")
        seen = Further.value
        if seen < last:
            wrong.append((last, seen))
        last = seen
        if objects[1].value > Base.value:
            wrong.append("value")


def change():
    for turn in range(ROUNDS):
        Base.value = turn
        Base.inherited = lambda self: "changed"
        Right.inherited = lambda self: "own"
        setattr(Left, f"new{turn % 50}", turn)
        del Right.inherited
        Base.unheard = turn
        del Base.unheard
    done.set()


threads = [threading.Thread(target=look) for _ in range(3)] + [threading.Thread(target=change)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(wrong, Base.value, Further.value, Further().inherited(), hasattr(Right, "unheard"), Left.new49)
