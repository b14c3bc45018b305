"""Equal numbers have equal hashes, whatever their type."""

for value in (0, 1, -1, -2, 2**61 - 1, 2**61, -(2**61), 2**64, 10**30, -(10**30), 2**1000):
    print(value, hash(value))
for value in (0.0, 1.0, -1.0, 0.5, 1.5, 1e20, 2.0**61, -(2.0**70), 1e300, 0.1):
    print(value, hash(value))
print(hash(10**20) == hash(1e20), hash(True) == hash(1) == hash(1.0))
d = {1: "int", 2**70: "large"}
print(d[1.0], d[True], d[2.0**70], 2**70 in d, float(2**70) in d)
print(hash(float("inf")), hash(float("-inf")), hash(True), hash(False))
