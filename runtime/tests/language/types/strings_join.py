"""Joining and repeating strings."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


print(",".join(["a", "b", "c"]), "".join(()), "-".join("abc"), " ".join({"k": 1, "l": 2}), "é".join(["ü", "ö"]), ", ".join(["x"]), "".join(str(i) for i in range(5)), "+".join(sorted({"b", "a"})))
print("ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "é" * 4, "" * 100, "x" * True, "ab" + "cd", "a" "b")
s = "a"
s += "b"
s *= 3
print(s)
attempt(lambda: ",".join([1, 2]))
attempt(lambda: ",".join(["a", None]))
attempt(lambda: ",".join(5))
attempt(lambda: "a" + 1)
attempt(lambda: "a" + None)
attempt(lambda: 1 + "a")
attempt(lambda: "a" * "b")
attempt(lambda: "a" * 1.5)
attempt(lambda: "a" - "b")
attempt(lambda: ["a"] + "b")
