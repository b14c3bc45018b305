"""Numbers, strings, bytes and containers as they are written."""

print(0, 1, -1, 255, 256, 65535, 65536, 123456789012345678901234567890, 0xFF, 0o17, 0b101, 1_000_000, -0)
print(1.5, -2.0, 1e10, 1e-7, 1e100, 0.1, 1e16, 123456789.123, -0.0, 1e400, .5, 5.)
print("a" "b", 'it''s', "tab\tend", "q\"q", "\u00e9\N{BULLET}\x41", "\\", r"\n", """two
lines""")
print(b"abc", b"\x00\xff\n", b'"', b"'" b'"')
print([], (), {}, [1], (1,), {"a": None}, [[], [[]]], ((), ((),)))
print(True, False, None, ..., [True, 1, 1.0])
print({1, 1.0, True}, {1: "a", 1.0: "b", True: "c"})
print(repr("é\n'\""), repr("😀"), len("😀é"))
print((1, (2, (3, "x", b"y", None, True, 2.5))))
print([1, 2, 3,], (1, 2,), {1: 2,})
