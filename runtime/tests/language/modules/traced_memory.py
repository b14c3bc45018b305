"""tracemalloc: what is alive of what was allocated since the start."""

import tracemalloc

print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
tracemalloc.start()
print(tracemalloc.is_tracing())
before, _ = tracemalloc.get_traced_memory()
kept = [[i] for i in range(1000)]
during, _ = tracemalloc.get_traced_memory()
print(during - before > 1000 * 16)
del kept
after, peak = tracemalloc.get_traced_memory()
print(after < during <= peak)
tracemalloc.reset_peak()
print(tracemalloc.get_traced_memory()[1] < peak, tracemalloc.get_tracemalloc_memory() > 0)
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
