"""Two lists that hold each other: no count reaches zero, so only the collector frees them."""

import gc

gc.disable()
gc.collect()

a = []
b = [a]
a.append(b)
del a
del b
print("found by the collector:", gc.collect())
print("and again:", gc.collect())
