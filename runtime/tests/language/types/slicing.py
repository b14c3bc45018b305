"""Slices of lists, tuples, text, bytes and ranges, with all bounds."""

things = [list(range(7)), tuple(range(7)), "abcdefg", b"abcdefg", range(7)]
for thing in things:
    print(thing[2:5], thing[:3], thing[4:], thing[:], thing[-3:], thing[:-3], thing[-5:-2], thing[5:2], thing[10:], thing[-100:100])
    print(thing[::2], thing[1::2], thing[::-1], thing[5:1:-1], thing[5:1:-2], thing[::100], thing[-1::-3], thing[:2:-1], thing[2::-1])
bounds = (None, 0, 2, -1, -9, 9)
print([[list(range(4))[a:b] for b in bounds] for a in bounds])
print([["wxyz"[a:b:-1] for b in bounds] for a in bounds])
s = slice(1, 4)
print("abcdef"[s], s.start, s.stop, s.step, s, [1, 2, 3][slice(None, None, -1)])
for bad in (lambda: "abc"[::0], lambda: [1][1:"a"], lambda: "abc"[1.5:], lambda: (1,)["a"], lambda: 5[1:2], lambda: "abc"[None]):
    try:
        print(bad())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
