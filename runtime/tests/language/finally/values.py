"""Which value is returned when finally has a say."""


def a():
    x = 1
    try:
        return x
    finally:
        x = 2


def b():
    for i in range(3):
        try:
            return i
        finally:
            if i < 2:
                continue
    return "end"


def c():
    while True:
        try:
            return "try"
        finally:
            break
    return "after break"


def d():
    try:
        raise ValueError
    finally:
        return "swallowed"


def e(log):
    try:
        try:
            log.append(1)
            return log
        finally:
            log.append(2)
            try:
                raise KeyError
            except KeyError:
                log.append(3)
    finally:
        log.append(4)


def f():
    x = [1]
    try:
        return x
    finally:
        x.append(2)


print(a(), b(), c(), d(), e([]), f())
