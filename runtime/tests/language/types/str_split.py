"""Splitting and joining."""

print("a b  c".split(), "a b  c".split(" "), " a ".split(), "".split(), "".split(","), "a,b,,c".split(","), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1))
print("a--b--c".split("--"), "  x  y z ".split(None, 1), "\tx\ny\r\nz".split(), "one\ntwo\r\nthree\n".splitlines(), "a\n\nb".splitlines(), "a\nb".splitlines(True))
print("a b c".rsplit(None, 1), "aXbXc".split("X", -1), "é,ü".split(","), "x".split("xyz"), ["-".join(p.split("_")) for p in ("a_b", "c")])
text = "key = value ; other=1"
print([[part.strip() for part in pair.split("=")] for pair in text.split(";")])
print(" ".join(reversed("one two three".split())), "|".join([str(n) for n in range(4)]), ",".join(sorted({"b", "a"})))
for bad in (lambda: "a".split(""), lambda: "a".split(5), lambda: "a".split(",", "x")):
    try:
        print(bad())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
