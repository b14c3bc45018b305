"""The count of a list as names come and go. getrefcount's own argument is taken off."""

import sys


class Watched:
    def __del__(self):
        print("0: nobody refers to it, and it is gone")


def count(thing):
    # Less the caller's argument here and getrefcount's own: what is left is the names.
    return sys.getrefcount(thing) - COUNTED_HERE


COUNTED_HERE = 0
probe = []
COUNTED_HERE = count(probe) - 1

x = Watched()
print(f"{count(x)}: x")
y = x
print(f"{count(x)}: x and y")
z = [x]
print(f"{count(x)}: x, y and an item of z")
z.clear()
print(f"{count(x)}: x and y")
del y
print(f"{count(x)}: x")
del x
