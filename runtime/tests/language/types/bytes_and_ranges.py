"""bytes and range."""

b = b"abc\x00\xff"
print(b, len(b), b[0], b[1:3], b + b"!", b == b"abc\x00\xff", 97 in b, list(b), bytes(2), bytes([1, 2]), b.decode("latin-1") == "abc\x00ÿ")
print("é".encode(), "é".encode("utf-8").decode(), b"a" * 3, b"" == bytes(), b"a".hex())
r = range(2, 20, 5)
print(r, list(r), len(r), r[1], r[-1], 7 in r, 8 in r, list(r[1:]), range(5) == range(0, 5, 1), list(range(3, 0, -1)))
print(range(3), bool(range(0)), sum(range(101)), [i for i in reversed(range(3))], max(range(4)))
try:
    range(1, 2, 0)
except ValueError as error:
    print(error)
