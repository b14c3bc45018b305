"""A name is a reference, and sys.getrefcount counts them, its own argument included."""

import sys

a = []
b = a
print("two names and the argument:", sys.getrefcount(a))
del b
print("one name and the argument:", sys.getrefcount(a))
