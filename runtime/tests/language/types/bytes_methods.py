"""Methods of bytes, and text that becomes bytes."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


b = b"a,b,,c"
print(b.split(b","), b",".join([b"x", b"y"]), b.find(b"b"), b.find(b"z"), b.startswith(b"a,"), b.endswith(b"c"), b.hex(), "é€😀".encode(), "abc".encode("ascii"), "é".encode("utf-8").decode("utf-8"), b"abc".decode())
for n in (0, 127, 128, 255):
    print(bytes([n]), bytes([n]).hex())
attempt(lambda: b.split(1))
attempt(lambda: b.find("a"))
attempt(lambda: b.join(["a"]))
attempt(lambda: b.split(b""))
attempt(lambda: b.missing)
