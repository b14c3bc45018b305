"""Every operator, on every kind of target."""

n = 7
n += 3
n -= 1
n *= 4
n //= 5
n **= 2
n %= 30
n <<= 3
n >>= 1
n |= 5
n &= 0x3F
n ^= 9
print(n)
n /= 4
print(n)
n += 200
n -= 1000
n *= 300
print(n)


def local():
    n, m = 7, 3
    n += m
    n -= 1
    n *= m
    n //= 2
    n **= m
    n %= 1000
    n <<= m
    n >>= 1
    n |= m
    n &= 0xFFF
    n ^= m
    x = n
    x /= m
    x //= 2
    x %= 7
    return n, x


print(local())


class Box:
    v = 10


box = Box()
box.v += 5
Box.v -= 1
print(box.v, Box.v)
items = [1, [2, 3], "a"]
items[0] *= 8
items[1] += [4]
items[2] += "b"
items[-1] *= 2
print(items)
table = {"k": 1}
table["k"] |= 6
print(table)
text = "x"
text += "y" * 3
text *= 2
print(text)
pair = (1,)
pair += (2, 3)
print(pair)
same = items
same += [5]
same *= 2
print(items is same, len(items))
