"""Every augmented assignment on names, items and attributes."""


class Box:
    pass


box, items, table, n = Box(), [10], {"k": 10}, 10
box.v = 10
n += 3; items[0] += 3; table["k"] += 3; box.v += 3
print(n, items, table, box.v)
n -= 1; items[0] -= 1; table["k"] -= 1; box.v -= 1
n *= 4; items[0] *= 4; table["k"] *= 4; box.v *= 4
n //= 5; items[0] //= 5; table["k"] //= 5; box.v //= 5
print(n, items, table, box.v)
n **= 2; items[0] **= 2; table["k"] **= 2; box.v **= 2
n %= 50; items[0] %= 50; table["k"] %= 50; box.v %= 50
n <<= 3; items[0] <<= 3; table["k"] <<= 3; box.v <<= 3
n |= 1; items[0] |= 1; table["k"] |= 1; box.v |= 1
print(n, items, table, box.v)
n ^= 7; items[0] ^= 7; table["k"] ^= 7; box.v ^= 7
n &= 0xFE; items[0] &= 0xFE; table["k"] &= 0xFE; box.v &= 0xFE
n >>= 1; items[0] >>= 1; table["k"] >>= 1; box.v >>= 1
n /= 4; items[0] /= 4; table["k"] /= 4; box.v /= 4
print(n, items, table, box.v)
s = "a"
s += "b"
s *= 3
t = (1,)
t += (2,)
l = k = [1]
l += (2, 3)
l *= 2
print(s, t, l, l is k)
for bad in (lambda v: v.__class__, lambda v: v["nope"], lambda v: v[5]):
    try:
        table["missing"] += bad(items)
    except (KeyError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
