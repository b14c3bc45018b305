"""os.open and what goes with it."""

import os

name = f"gilbench-test-{os.getpid()}.tmp"
fd = os.open(name, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600)
print(os.write(fd, b"some bytes"))
os.fsync(fd)
os.close(fd)
fd = os.open(name, os.O_RDONLY)
print(os.read(fd, 4), os.read(fd, 10000), os.read(fd, 1))
os.close(fd)
os.unlink(name)
for bad in (lambda: os.open(name, os.O_RDONLY), lambda: os.unlink(name), lambda: os.close(fd), lambda: os.read(fd, -1), lambda: os.write(1, "text")):
    try:
        bad()
    except (OSError, TypeError) as error:
        print(type(error).__name__, getattr(error, "errno", None))
