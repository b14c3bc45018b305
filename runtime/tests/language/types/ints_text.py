"""Ints as text in several bases."""

for n in (0, 1, -1, 255, -255, 2**61, -(2**64), 10**25):
    print(n, str(n), repr(n), hex(n), oct(n), bin(n))
print(len(str(7**500)), str(7**500)[:20], str(7**500)[-20:])
print(str(10**100), -(10**40))
print(hex(2**200 - 1), bin(2**70 + 5), oct(8**30))
