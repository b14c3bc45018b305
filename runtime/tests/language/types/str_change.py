"""Text made from text."""

s = "  Hello, World  "
print([s.strip(), s.lstrip(), s.rstrip(), "xxaxx".strip("x"), "abcba".strip("ab"), "xyz".lstrip("yx"), "a\n".rstrip(), "\t a".lstrip()])
print(s.lower(), s.upper(), "hello world".title(), "hELLO".capitalize(), "aBc".swapcase(), "É".lower(), "straße".upper(), "é".upper())
print("a-b-c".replace("-", "+"), "a-b-c".replace("-", "", 1), "aaa".replace("a", "bb"), "abc".replace("", "."), "abc".replace("z", "y"))
print(["ab".center(6), "ab".ljust(5) + "|", "ab".rjust(5), "ab".center(7, "*"), "5".zfill(3), "-5".zfill(4), "ab".ljust(1), "é".center(3, "-")])
print("prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"), "x".removeprefix("y"), "a\tb".expandtabs(4))
print("ab" * 3, 0 * "x", "a" + "b", "a" "b", "-".join(["a", "b"]), "".join([]), ", ".join("xyz"), "x".join(["one"]), "-".join({"k": 1}))
for bad in (lambda: "-".join([1]), lambda: "-".join(5), lambda: "a" + 1, lambda: 1 + "a", lambda: "a" * "b", lambda: "a" - "b", lambda: "a" * 1.5,
            lambda: "a".replace("a"), lambda: "a".strip(1), lambda: "a".center(), lambda: "a".center(5, "xy"), lambda: "a".foo(), lambda: "ab".upper(1)):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
