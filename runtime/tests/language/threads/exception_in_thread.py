"""An exception ends its thread only."""

import threading


def fail(done):
    try:
        raise ValueError("in thread")
    except ValueError as error:
        done.append(str(error))
        return
    finally:
        done.append("finally")


done = []
thread = threading.Thread(target=fail, args=(done,))
thread.start()
thread.join()
print(done)
local = threading.local()
local.v = "main"


def look():
    done.append(hasattr(local, "v"))
    local.v = "thread"


thread = threading.Thread(target=look)
thread.start()
thread.join()
print(done[-1], local.v)
