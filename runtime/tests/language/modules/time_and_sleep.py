"""time goes on."""

import time

start, begun = time.perf_counter(), time.time()
time.sleep(0.01)
passed = time.perf_counter() - start
print(0.009 < passed < 5, time.time() >= begun, time.monotonic() > 0, isinstance(time.time(), float))
for bad in (lambda: time.sleep(-1), lambda: time.sleep("a")):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
