"""Decorators of functions: order, arguments, state."""

log = []


def traced(f):
    def wrapper(n):
        log.append((f.__name__, n))
        return f(n)

    return wrapper


def times(k):
    log.append(f"times {k}")

    def decorate(f):
        log.append(f"decorate {k}")
        return lambda n: f(n) * k

    return decorate


@traced
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(4), len(log), log[:3])
log.clear()


@times(2)
@times(10)
def plus(n):
    return n + 1


print(plus(4), log)


def memo(f):
    known = {}

    def look(n):
        if n not in known:
            known[n] = f(n)
        return known[n]

    return look


@memo
def slow(n):
    return n if n < 2 else slow(n - 1) + slow(n - 2)


print(slow(80))
