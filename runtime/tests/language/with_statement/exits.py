"""return, break and continue leave the block properly."""


class Manager:
    def __enter__(self):
        print("in", end=" ")
        return self

    def __exit__(self, kind, error, traceback):
        print("out", end=" ")


def returns(x):
    with Manager():
        if x:
            return "value"
    return "end"


print(returns(1), returns(0))


def loops():
    for i in range(4):
        with Manager():
            if i == 0:
                continue
            if i == 2:
                break
            print(i, end=" ")
    return i


print(loops())


def nested():
    with Manager():
        try:
            with Manager():
                return "deep"
        finally:
            print("finally", end=" ")


print(nested())


def replaced():
    m = Manager()
    with m:
        m = None
        return m


print(replaced())
