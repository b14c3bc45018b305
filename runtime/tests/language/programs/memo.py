"""Closures that remember, and functions that make functions."""


def memo(f):
    known = {}
    calls = [0]

    def wrapper(n):
        if n not in known:
            calls[0] += 1
            known[n] = f(n)
        return known[n]

    wrapper_count = lambda: calls[0]
    return wrapper, wrapper_count


def slow(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


fib, count = memo(slow)
print(fib(80), count())


def traced(log):
    def decorate(f):
        def inner(x):
            log.append((f.__name__, x))
            return f(x)

        return inner

    return decorate


log = []


@traced(log)
def double(x):
    return x * 2


@traced(log)
def quadruple(x):
    return double(double(x))


print(quadruple(3), log)
