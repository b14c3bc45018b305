"""What strings refuse."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


s = "abc"


def assign():
    s[0] = "x"


def delete():
    del s[0]


def attribute():
    s.color = "red"


attempt(assign)
attempt(delete)
attempt(attribute)
attempt(lambda: s.missing)
attempt(lambda: s.upper(1))
attempt(lambda: s())
attempt(lambda: s < 1)
attempt(lambda: s.replace("a", "b", c=1))
attempt(lambda: s.join())
t = s
t += "d"
print(s, t)
