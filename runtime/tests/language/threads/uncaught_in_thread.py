"""What is printed of an exception that ends a thread; the others go on."""

import threading


def fail(n):
    raise ValueError(f"thread {n}")


def leave():
    raise SystemExit(3)


for target, args in ((fail, (1,)), (leave, ()), (fail, (2,))):
    t = threading.Thread(target=target, args=args, name="worker")
    t.start()
    t.join()
    print("joined", t.is_alive())
print("main goes on")
