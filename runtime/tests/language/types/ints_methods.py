"""Methods of ints."""

for n in (0, 1, -1, 255, 256, 2**61, 2**64, -(2**64), 10**30):
    print(n.bit_length(), n.bit_count())
print((1000).to_bytes(2, "big"), (1000).to_bytes(4, "little"), (-2).to_bytes(2, "big", signed=True), (0).to_bytes(1, "big"))
print((2**70).to_bytes(10, "big"), (-(2**70)).to_bytes(10, "little", signed=True))
print(int.from_bytes(b"\x03\xe8", "big"), int.from_bytes(b"\xff\xfe", "big", signed=True), int.from_bytes(b"\x01" * 12, "little"))
print(int.from_bytes(b"", "big"), int.from_bytes(b"\x80", "big"), int.from_bytes(b"\x80", "big", signed=True))
