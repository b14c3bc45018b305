"""A long traceback is shortened where a line is repeated."""


def endless(n):
    if n == 0:
        raise ValueError("deep")
    return endless(n - 1)


endless(3)
