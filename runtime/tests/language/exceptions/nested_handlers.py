"""try in except, in finally and in else."""

log = []
try:
    try:
        1 / 0
    except ZeroDivisionError:
        log.append("first")
        try:
            [][0]
        except IndexError:
            log.append("second")
        else:
            log.append("never")
        log.append("still first")
        raise
    finally:
        try:
            {}["k"]
        except KeyError as error:
            log.append(repr(error))
except ZeroDivisionError as error:
    log.append(str(error))
print(log)


def depth(n):
    try:
        if n == 0:
            raise ValueError("bottom")
        depth(n - 1)
    except ValueError as error:
        if n < 3:
            raise
        return str(error), n
    finally:
        log.append(n)
    return "swallowed", n


log.clear()
print(depth(5), log)
try:
    try:
        raise ValueError("a")
    finally:
        raise KeyError("b")
except KeyError as error:
    print(repr(error), repr(error.__context__))
