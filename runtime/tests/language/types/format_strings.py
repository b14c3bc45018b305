"""Format specs of strings."""

for spec in ("", "s", "5", "<5", ">5", "^5", "05", "*^9", ".2", "5.1", ">6.3s", "é<4", "<", "10s"):
    print([format(s, spec) for s in ("", "a", "abc", "äöüß", "hello world")])
print(f"{'x':>4}|{'x':<4}|{'x':^4}|{'abc':.1}|{'a' + 'b':>{3}}|{[1, 2]!s:>8}|{'q'!r:^7}|{'é'!a}")
name, width = "bob", 10
print(f"{name:{width}}|{name:>{width}}|{name:*^{width}}|{name!r:{width}}|")
