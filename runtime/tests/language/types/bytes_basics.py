"""Bytes: items, slices, operators."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


b = b"hello\x00\xff"
print(b, len(b), b[0], b[-1], b[1:3], b[::-1], b[::2], b + b"!", b * 2, 2 * b"ab", list(b), 104 in b, b"ell" in b, b"zz" in b, b == b"hello\x00\xff", b != b"", b < b"z", sorted([b"b", b"a"]))
print(bytes(), bytes(3), bytes([65, 66]), bytes(b"x"), bytes("é", "utf-8"), bytes(range(5)), b"it's", b'say "hi"', b"\t\n\r\\'\"", hash(b"a") == hash(b"a"), {b"k": 1}[b"k"], bool(b""), bool(b"x"))
attempt(lambda: b[10])
attempt(lambda: b["a"])
attempt(lambda: b + "a")
attempt(lambda: bytes([256]))
attempt(lambda: bytes("a"))
attempt(lambda: bytes(-1))
attempt(lambda: "a" in b)
attempt(lambda: 256 in b)
attempt(lambda: b"a" < "a")
attempt(lambda: b"a" == "a")
