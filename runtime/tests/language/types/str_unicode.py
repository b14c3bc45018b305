"""Text beyond ASCII is indexed by character."""

s = "aé日\U0001f600z"
print(len(s), [s[i] for i in range(len(s))], s[1:4], s[::-1], s[-2], s * 2, s + "ü", s.find("z"), s.index("日"))
print([hex(ord(c)) for c in s], "".join([chr(ord(c) + 1) for c in s]), s == "aé日" + "\U0001f600" + "z", s in {s: 1})
print(s.encode(), s.encode("utf-8").decode() == s, len(s.encode()), b"\xc3\xa9".decode("utf-8"), "é".encode().hex())
print(repr(s), ascii(s), "é" < "日", sorted("züéa"), s.upper(), s.replace("日", "--"), s.split("é"), f"{s:>8}|{s:.3}|")
for i, c in enumerate("ñandú"):
    print(i, c, end=" ")
print()
for bad in (lambda: b"\xff".decode(), lambda: s[9], lambda: s.encode("nonsense"), lambda: s[5]):
    try:
        print(bad())
    except (UnicodeDecodeError, IndexError, LookupError) as error:
        print(type(error).__name__, error)
