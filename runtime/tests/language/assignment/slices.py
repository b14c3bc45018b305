"""Reading and replacing slices."""

items = list(range(10))
print(items[2:5], items[:3], items[7:], items[-3:], items[:-7], items[::3], items[::-1], items[8:2:-2], items[5:2])
print("abcdef"[1:4], (1, 2, 3)[1:], b"bytes"[1:3], "abc"[::-1], "abc"[5:], range(10)[2:8:3])
items[2:5] = ["a"]
print(items)
items[:0] = [-2, -1]
items[len(items) :] = "xy"
print(items)
items[::2] = [0] * len(items[::2])
print(items)
items[1:-1] = []
print(items)
copy = items[:]
copy.append(1)
print(items, copy)
try:
    items[::2] = [1, 2, 3]
except ValueError as error:
    print(error)
i, j = 1, None
print("hello"[i:j], "hello"[j:i])


class Shows:
    def __getitem__(self, key):
        return key


s = Shows()
print(s[1], s[1:2], s[1, 2], s[1:2, ::3], s[:], s["a":"b":"c"], s[()])
