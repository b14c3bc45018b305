"""os.pipe, read, write, close."""

import os

r, w = os.pipe()
print(os.write(w, b"hello "), os.write(w, b"world"), os.read(r, 100))
os.close(w)
print(os.read(r, 10))
os.close(r)
try:
    os.write(w, b"x")
except OSError as error:
    print(error.errno, error)
try:
    os.read(r, 1)
except OSError as error:
    print(type(error).__name__)
print(os.cpu_count() > 0)

for wrong in (lambda: os.unlink("a\0b"), lambda: os.open("a\0b", os.O_RDONLY), lambda: os.unlink(5), lambda: os.open(None, 0)):
    try:
        wrong()
    except (ValueError, TypeError) as error:
        print(error)
