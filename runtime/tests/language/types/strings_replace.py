"""Replacing parts of strings."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


s = "hello world"
print(s.replace("l", "L"), s.replace("l", "L", 2), s.replace("l", ""), s.replace("world", "there"), s.replace("zz", "y"), s.replace("l", "L", 0), s.replace("o", "00", -1))
print("abc".replace("", "-"), "abc".replace("", "-", 2), "".replace("", "x"), "aaa".replace("aa", "b"), "éaé".replace("é", "e"), "éa".replace("", "."), s.replace(s, ""))
attempt(lambda: s.replace("a", 1))
attempt(lambda: s.replace(1, "a"))
attempt(lambda: s.replace("a"))
