"""Characters by number, of ASCII and of other strings."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for s in ("hello", "héllo wörld", "日本語", "a😀b"):
    print(len(s), s[0], s[-1], s[1], s[len(s) - 1], [c for c in s], s[1:], s[:-1], s[::-1], s[::2], s[-2:], s[10:], s[1:1])
    attempt(lambda: s[len(s)])
    attempt(lambda: s[-len(s) - 1])
s = "abc"
attempt(lambda: s["a"])
attempt(lambda: s[1.0])
attempt(lambda: s[None])
attempt(lambda: s[::0])
attempt(lambda: s["a":])
print(s[True], s[-100:100], s[100:], s[:-100], s[2:0:-1], s[::-2])
