"""Around the sizes at which a machine's integers end."""

for bits in (30, 31, 32, 60, 61, 62, 63, 64, 65, 127, 128):
    edge = 1 << bits
    print(bits, edge - 1, edge, edge + 1, -edge, -edge - 1)
    print(edge - 1 + 1 == edge, edge - edge, -edge + edge, (edge - 1) - edge, edge > edge - 1, -edge < -edge + 1)
top = 2**62 - 1
print(top + 1, top + top, -top - 2, top * 2, top * -2, top * top, -(-top - 1), abs(-top - 1))
count = 2**61 - 3
for _ in range(6):
    count += 1
    print(count, -count, count - 2**61)
