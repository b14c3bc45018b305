"""Ints never change: a + 1 is another object, and b keeps the old one."""

a = 100
b = a
print("the same object:", a is b)
a = a + 1
print("a:", a, "b:", b, "the same object:", a is b)
