"""threading.local: each thread its own attributes."""

import threading

local = threading.local()
local.value = "main"
seen = []


def work(n):
    seen.append(hasattr(local, "value"))
    local.value = n
    local.items = [n]
    seen.append((local.value, local.items))


for n in range(3):
    t = threading.Thread(target=work, args=(n,))
    t.start()
    t.join()
print(seen, local.value, hasattr(local, "items"))
try:
    local.items
except AttributeError as error:
    print(str(error)[-30:])
del local.value
print(hasattr(local, "value"), threading.get_ident() == threading.get_ident(), threading.active_count())
